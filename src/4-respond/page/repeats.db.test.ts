import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { NotificationRuleView } from '../contact-method/contract.ts';
import type { PagePlanView } from '../escalation/contract.ts';
import type { PageEntryView } from '../journal/contract.ts';
import type { PageView } from './contract.ts';

const DOWN = '[PAGE] checkout is down';

let t: Crew;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 900 },
    { userIds: [bob.id], delaySeconds: 900 },
  ]);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const rulesOf = async (who: Responder) =>
  (await who.ask<{ items: NotificationRuleView[] }>('GET', '/notification-rules')).items;
/** What paged somebody; they are also asked whether it is an incident. */
const pagesTo = (who: Responder) => who.read().filter((title) => title.startsWith('[PAGE]'));
/** Lets a phone of somebody ring at these times too. */
async function ringAlsoAt(who: Responder, urgency: 'high' | 'low', ...delays: number[]) {
  for (const delaySeconds of delays)
    await who.ask('POST', '/notification-rules', { contactMethodId: who.contactMethodId, urgency, delaySeconds });
}
const pageOf = async (alertId: string) => {
  const [page, ...others] = (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
  if (!page || others.length > 0) throw new Error('expected one page');
  return page;
};
const journal = async (pageId: string) =>
  (await t.ask<{ items: PageEntryView[] }>('GET', `/page-journal?pageId=${pageId}&limit=200`)).items.toReversed();
const pageDeliveries = async () =>
  (await t.ask<{ items: { state: string }[] }>('GET', '/deliveries?purpose=page')).items.length;

describe('a method that tells several times', () => {
  it('rings at each of its times, each message once, as the plan says', async () => {
    await ringAlsoAt(ann, 'high', 180, 360);
    const plan = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1');
    expect(plan.steps[0]?.people[0]?.methods.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 180, 360]);
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(pagesTo(ann)).toEqual([DOWN]);
    await t.advance(100);
    expect(pagesTo(ann)).toHaveLength(1);
    await t.advance(80);
    expect(pagesTo(ann)).toHaveLength(2);
    await t.advance(180);
    expect(pagesTo(ann)).toHaveLength(3);
    await t.advance(300);
    expect(pagesTo(ann)).toHaveLength(3);
    expect(await pageDeliveries()).toBe(3);
    const { id, notices } = await pageOf(alertId);
    expect(notices.map(({ userId, state }) => [userId, state])).toEqual([
      [ann.id, 'sent'],
      [ann.id, 'sent'],
      [ann.id, 'sent'],
    ]);
    expect((await journal(id)).filter(({ kind }) => kind === 'handed-over')).toHaveLength(3);
  });

  it('rings no more once somebody has acknowledged', async () => {
    await ringAlsoAt(ann, 'high', 180, 360);
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.advance(180);
    expect(pagesTo(ann)).toHaveLength(2);
    await ann.ask('POST', `/alerts/${alertId}/acknowledge`);
    await t.advance(600);
    expect(pagesTo(ann)).toHaveLength(2);
    const { id, notices } = await pageOf(alertId);
    expect(notices.map(({ state }) => state)).toEqual(['sent', 'sent', 'cancelled']);
    expect((await journal(id)).filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
  });

  it('is not sent early in the place of itself when it fails, and holds up neither other methods nor the next step', async () => {
    await ringAlsoAt(ann, 'high', 180, 360);
    const second = await t.equip(ann, 'Ann second');
    for (const { id, contactMethodId, urgency } of await rulesOf(ann))
      if (contactMethodId === second.contactMethodId && urgency === 'high')
        await ann.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 600 });
    t.ntfy.setMood({ kind: 'status', status: 403 });
    const alertId = await t.signal({ title: 'checkout is down' });
    // Ann's phone and her second one failed, and so did Bob's; what only tells again keeps its time.
    const page = await pageOf(alertId);
    expect(page.notices.map(({ userId, state, step }) => [userId, state, step])).toEqual([
      [ann.id, 'failed', 1],
      [ann.id, 'failed', 1],
      [ann.id, 'planned', 1],
      [ann.id, 'planned', 1],
      [bob.id, 'failed', 2],
    ]);
    expect(await pageDeliveries()).toBe(3);
    t.ntfy.setMood({ kind: 'well' });
    await t.advance(180);
    expect(pagesTo(ann)).toEqual([DOWN]);
    await t.advance(180);
    expect(pagesTo(ann)).toHaveLength(2);
  });

  it('says once what is due several times at one moment', async () => {
    await ringAlsoAt(ann, 'high', 180, 360);
    const alertId = await t.signal({ title: 'checkout is down' });
    // Nothing of ours runs for a while.
    t.clock.advance(690);
    await t.advance(10);
    expect(pagesTo(ann)).toHaveLength(2);
    const { id, notices } = await pageOf(alertId);
    expect(notices.map(({ state }) => state)).toEqual(['sent', 'cancelled', 'sent']);
    expect((await journal(id)).find(({ kind }) => kind === 'cancelled')?.text).toBe(
      'Not sent: one by the same method goes out at this moment.',
    );
  });

  it('keeps its times from the end of quiet hours, also when those end early', async () => {
    const { version } = await t.ask<{ version: number }>('GET', '/routes');
    const match = [{ field: 'severity', op: 'is', values: ['warning'] }];
    await t.ask('PUT', '/routes', {
      version,
      routes: [{ name: 'Warnings', match, outcome: { urgency: 'low' } }],
      catchAll: { policyId: null, clockSeconds: 86_400 },
    });
    await ringAlsoAt(ann, 'low', 180);
    const wall = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString().slice(11, 16);
    const days = [1, 2, 3, 4, 5, 6, 7];
    await ann.ask('PUT', '/quiet-hours', { windows: [{ days, start: wall(-60), end: wall(120) }] });
    await t.signal({ title: 'Disk is filling', severity: 'warning' });
    expect(pagesTo(ann)).toEqual([]);
    await ann.ask('PUT', '/quiet-hours', { windows: [] });
    await t.advance(1);
    expect(pagesTo(ann)).toHaveLength(1);
    await t.advance(100);
    expect(pagesTo(ann)).toHaveLength(1);
    await t.advance(80);
    expect(pagesTo(ann)).toHaveLength(2);
  });
});

describe('the rules of a method', () => {
  it('are as many as somebody needs, each at a time of its own', async () => {
    const add = (delaySeconds: number) =>
      ann.ask<NotificationRuleView>('POST', '/notification-rules', {
        contactMethodId: ann.contactMethodId,
        urgency: 'high',
        delaySeconds,
      });
    const second = await add(60);
    await expect(add(60)).rejects.toThrow(/ 409: .*at that time already/);
    await expect(add(0)).rejects.toThrow(/ 409: /);
    await expect(ann.ask('PATCH', `/notification-rules/${second.id}`, { delaySeconds: 0 })).rejects.toThrow(/ 409: /);
    await ann.ask('PATCH', `/notification-rules/${second.id}`, { delaySeconds: 60 });
    for (let at = 2; at < 10; at++) await add(at * 60);
    await expect(add(3_600)).rejects.toThrow(/Remove one first/);
  });

  it('are left as they are when the method is proved again', async () => {
    const high = (await rulesOf(ann)).filter(({ urgency }) => urgency === 'high');
    for (const { id } of high) await ann.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 300 });
    await ann.ask('POST', `/contact-methods/${ann.contactMethodId}/test`);
    await t.settle();
    expect((await rulesOf(ann)).filter(({ urgency }) => urgency === 'high')).toMatchObject([{ delaySeconds: 300 }]);
  });
});
