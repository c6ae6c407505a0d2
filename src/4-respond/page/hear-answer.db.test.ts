import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerDelivery } from '#delivery';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { PageView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
});
afterEach(() => t.end());

const readPage = async (alertId: string) => {
  const [page] = (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
  if (!page) throw new Error('no page');
  return page;
};
const deliveryTo = (page: PageView, who: Responder) =>
  page.notices.find(({ userId }) => userId === who.id)?.deliveryId ?? '';

it('an answer by the channel that a page came by acknowledges as its person', async () => {
  const alertId = await t.signal({ title: 'checkout is down' });
  await t.advance(300);
  const page = await readPage(alertId);
  const said = await t.system.transact(ann.who, (ctx) =>
    answerDelivery(ctx, deliveryTo(page, ann), 'acknowledge', 'sms'),
  );
  expect(said).toBe('You acknowledged: checkout is down');
  expect(await readPage(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'sms' });
  const late = await t.system.transact(bob.who, (ctx) =>
    answerDelivery(ctx, deliveryTo(page, bob), 'acknowledge', 'sms'),
  );
  expect(late).toBe('Ann has acknowledged this page already.');
});

it('an answer may begin the next step', async () => {
  const page = await readPage(await t.signal({ title: 'checkout is down' }));
  const said = await t.system.transact(ann.who, (ctx) =>
    answerDelivery(ctx, deliveryTo(page, ann), 'escalate', 'voice'),
  );
  expect(said).toBe('The next step begins now: checkout is down');
  await t.settle();
  expect(bob.read()).toEqual(['[PAGE] checkout is down']);
});
