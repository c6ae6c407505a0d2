import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { PageEntryView } from './contract.ts';
import { journalCsv } from './journal-csv.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo(
    [
      { userIds: [ann.id], delaySeconds: 300 },
      { userIds: [bob.id], delaySeconds: 600 },
    ],
    0,
  );
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

type List = { items: PageEntryView[]; nextCursor: string | null };
/** Oldest first. */
const journal = async (query = '') => (await t.ask<List>('GET', `/page-journal?limit=200${query}`)).items.toReversed();
const story = (entries: readonly PageEntryView[]) =>
  entries.map(({ kind, userName, text }) => [kind, userName, text].filter((part) => part !== null).join(' · '));

it('tells of a page when each message was due, handed over, seen and answered, and why each step began', async () => {
  await t.signal({ title: 'checkout is down' });
  const seen = new URL(ann.phone()[0]?.click ?? '').pathname;
  for (const _ of [1, 2]) expect((await t.app.request(seen)).status).toBe(200);
  await t.advance(300);
  const path = new URL(bob.phone()[0]?.click ?? '').pathname;
  expect((await t.app.request(path, { method: 'POST' })).status).toBe(303);
  await t.settle();
  const entries = await journal();
  expect(story(entries)).toEqual([
    'step · Step 1 of “Default” begins: the page began at once.',
    'planned · Ann · Due at once.',
    'handed-over · Ann · The provider took it.',
    'seen · Ann · The link in the message was opened.',
    'step · Step 2 of “Default” begins: nobody had acknowledged in time.',
    'planned · Bob · Due at once.',
    'handed-over · Bob · The provider took it.',
    'acknowledged · Bob · Acknowledged: on it.',
  ]);
  expect(entries[2]).toMatchObject({
    channel: 'ntfy',
    attempt: 1,
    providerId: expect.any(String),
    pageTitle: 'checkout is down',
  });
  expect(entries.at(-1)).toMatchObject({ channel: 'link', userId: bob.id });
  expect(story(await journal(`&userId=${ann.id}`))).toEqual(story(entries).slice(1, 4));
  expect(journalCsv(entries).split('\r\n')[3]).toMatch(
    /,handed-over,Ann,ntfy,,,,1,dlv_\w+,\w+,The provider took it\.$/,
  );
});

it('says what did not get through, what went out instead, and what was not sent', async () => {
  t.ntfy.setMood({ kind: 'status', status: 403 });
  const alertId = await t.signal({ title: 'checkout is down' });
  const failed = (await journal()).filter(({ kind }) => kind === 'failed' || kind === 'hurried' || kind === 'step');
  expect(failed.map(({ kind, userName, text }) => [kind, userName, text])).toEqual([
    ['step', null, 'Step 1 of “Default” begins: the page began at once.'],
    ['failed', 'Ann', expect.stringMatching(/403.*Given up\.$/)],
    ['hurried', null, 'No message of the step before got through.'],
    ['step', null, 'Step 2 of “Default” begins: no message of the step before got through.'],
    ['failed', 'Bob', expect.stringMatching(/403.*Given up\.$/)],
  ]);
  await t.advance(600);
  await t.ask('POST', `/alerts/${alertId}/close`);
  await t.settle();
  expect(story(await journal()).slice(-2)).toEqual([
    'exhausted · Nobody acknowledged, and the policy is gone through: nobody else will be paged.',
    'ended · Over: closed.',
  ]);
});

it('is read page by page, by incident and span, and knows nothing of what is not there', async () => {
  await t.signal({ title: 'search is down' });
  const incident = await t.ask<{ id: string }>('POST', '/incidents', { title: 'Checkout fails', severity: 'SEV2' });
  await t.settle();
  const all = await journal();
  const of = await journal(`&incidentId=${incident.id}`);
  expect(of.length).toBeGreaterThan(0);
  expect(of.every(({ incidentId }) => incidentId === incident.id)).toBe(true);
  const read: PageEntryView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const list: List = await t.ask<List>('GET', `/page-journal?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    read.push(...list.items);
    cursor = list.nextCursor;
  }
  expect(read.toReversed()).toEqual(all);
  expect(await journal(`&to=${t.clock.now().toISOString()}`)).toEqual([]);
  expect((await t.call('GET', '/api/v1/page-journal?incidentId=inc_nothing')).status).toBe(404);
  expect((await t.call('GET', '/api/v1/page-journal?pageId=pag_nothing')).status).toBe(404);
});

it('names the API key with which somebody acknowledged', async () => {
  await t.signal({ title: 'checkout is down' });
  const [page] = (await t.ask<{ items: { id: string }[] }>('GET', '/pages?state=open')).items;
  await t.ask('POST', `/pages/${page?.id}/acknowledge`);
  const entry = (await journal()).find(({ kind }) => kind === 'acknowledged');
  expect(entry).toMatchObject({ userName: 'Olive Owner', channel: 'api' });
  expect(entry?.text).toMatch(/^Acknowledged with the API key “.+”: on it\.$/);
});
