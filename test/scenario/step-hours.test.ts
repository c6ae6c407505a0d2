import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PagePlanView } from '#respond/contract';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';

/* A policy whose nights are Ann's, and whose other hours are Bob's, across a change of the clock in Berlin. */

let t: Crew;
let ann: Responder;
let bob: Responder;
const NIGHTS = { op: 'within', days: [5, 6, 7], from: '22:00', to: '06:00', timeZone: null };

beforeAll(async () => {
  t = await createCrew({ start: '2026-12-18T12:00:00Z', timeZone: 'Europe/Berlin' });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300, onlyHours: { days: [7, 5, 6, 5], from: '22:00', to: '06:00' } },
    { userIds: [bob.id], delaySeconds: 300, onlyHours: { ...NIGHTS, op: 'outside' } },
  ]);
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

it('the policy keeps the hours of its steps, each weekday once', async () => {
  const { items } = await t.ask<{ items: { steps: { onlyHours: unknown }[] }[] }>('GET', '/escalation-policies');
  expect(items[0]?.steps.map(({ onlyHours }) => onlyHours)).toEqual([NIGHTS, { ...NIGHTS, op: 'outside' }]);
});

it.each([
  ['2027-03-26T20:59:59Z', 'Bob'],
  ['2027-03-26T21:00:00Z', 'Ann'],
  ['2027-03-27T04:59:59Z', 'Ann'],
  ['2027-03-27T05:00:00Z', 'Bob'],
  // The clock goes forward in this night: six o'clock comes an hour earlier.
  ['2027-03-28T03:59:59Z', 'Ann'],
  ['2027-03-28T04:00:00Z', 'Bob'],
  ['2027-03-28T20:00:00Z', 'Ann'],
  ['2027-03-29T04:00:00Z', 'Bob'],
  ['2027-03-29T20:00:00Z', 'Bob'],
])('at %s the plan asks %s', async (at, name) => {
  const { steps } = await t.ask<PagePlanView>('GET', `/oncall?severity=SEV1&at=${at}`);
  expect(steps.find(({ skipped }) => skipped === null)?.people[0]?.name).toBe(name);
  const passed =
    'Not for pages of this urgency at this time (only Fri–Sun 22:00–06:00), so the next one begins at once.';
  expect(steps[0]?.skipped).toBe(name === 'Bob' ? passed : null);
});

it('the plan says why a step after those that ask is passed over', async () => {
  const { steps } = await t.ask<PagePlanView>('GET', '/oncall?severity=SEV1&at=2027-03-26T22:00:00Z');
  expect(steps[1]?.skipped).toContain('(only outside Fri–Sun 22:00–06:00)');
});

it('the pager does what the plan says', async () => {
  t.clock.set('2026-12-19T22:30:00Z');
  await t.signal({ title: 'Down at night' });
  expect(ann.read()).toEqual([expect.stringContaining('Down at night')]);
  expect(bob.read()).toEqual([]);
  const { items } = await t.ask<{ items: { id: string }[] }>('GET', '/pages?limit=1');
  await ann.ask('POST', `/pages/${items[0]?.id}/acknowledge`);
  await t.settle();
});

it.each([
  [[{ ...NIGHTS }], /no step asks anybody for a page of high urgency on Mon at 06:00 \(Europe\/Berlin\)/],
  [[null, { ...NIGHTS, op: 'outside', days: [1, 2, 3, 4, 5, 6, 7], to: '22:00' }], /these hours never come/],
  [[null, { ...NIGHTS, days: [] }], /onlyHours.days: /],
  [[null, { ...NIGHTS, days: [8] }], /onlyHours.days.0: /],
  [[null, { ...NIGHTS, to: '24:00' }], /onlyHours.to: expected a time such as 09:00/],
  [[null, { ...NIGHTS, timeZone: 'Mars/Olympus' }], /onlyHours.timeZone: expected a time zone/],
  [[null, 'night'], /expected business, off, or hours with days/],
])('refuses hours that make no policy: %j', async (hours, words) => {
  const steps = hours.map((onlyHours) => ({ userIds: [ann.id], delaySeconds: 300, onlyHours }));
  const answer = await t.call('POST', '/api/v1/escalation-policies', { name: 'Odd', steps });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toMatch(words);
});
