import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LoadReportView, PagePlanView, ScheduleHolidayView } from '#respond/contract';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';

/* Christmas Day 2026 is a Friday. Ann is in Munich; Bob has a calendar of his own. */

let t: Crew;
let ann: Responder;
let bob: Responder;
let scheduleId: string;

const HOUR = 3_600;
const plan = (at: string, severity = 'SEV3') => t.ask<PagePlanView>('GET', `/oncall?severity=${severity}&at=${at}`);

beforeAll(async () => {
  t = await createCrew({ start: '2026-12-21T09:00:00Z', timeZone: 'Europe/Berlin' });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  for (const one of [ann, bob]) await one.ask('PATCH', '/profile', { timeZone: 'Europe/Berlin' });
  const made = await t.ask<{ id: string }>('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'Europe/Berlin',
    layers: [
      {
        name: 'Days',
        beginsAt: '2026-12-21T00:00',
        rotation: { kind: 'daily' },
        turns: [{ userIds: [ann.id] }, { userIds: [bob.id] }],
      },
    ],
    handOffMinutes: null,
  });
  scheduleId = made.id;
  await t.ask('POST', '/holiday-calendars', { name: 'Munich', country: 'DE', region: 'BY', isDefault: true });
  await t.ask('POST', '/holiday-calendars', {
    name: 'Bob',
    ownDays: [{ date: '2026-12-22', name: 'Winter solstice' }],
    userIds: [bob.id],
  });
  await t.escalateTo([
    { targets: [{ kind: 'schedule', scheduleId }], delaySeconds: 300, untilBusinessHours: true },
    { userIds: [bob.id], delaySeconds: 300, onlyHours: 'business' },
    { userIds: [ann.id], delaySeconds: 300, onlyHours: 'off' },
  ]);
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

it('a page that keeps to business hours waits until the holiday is over, and the plan says why', async () => {
  const answer = await plan('2026-12-24T20:00:00Z');
  expect(answer).toMatchObject({ startsAt: '2026-12-28T08:00:00.000Z', closed: ['Christmas Day'] });
  expect(await plan('2026-12-22T20:00:00Z')).toMatchObject({ startsAt: '2026-12-23T08:00:00.000Z', closed: [] });
});

it('steps go by the holiday: one waits for it to be over, one is passed over, one applies, and says so', async () => {
  const { steps } = await plan('2026-12-25T09:00:00Z', 'SEV1');
  // The wait of the first goes past the weekend; then business hours run.
  expect(steps.map(({ step, at, skipped, closed }) => [step, at, skipped !== null, closed])).toEqual([
    [1, '2026-12-25T09:00:00.000Z', false, ['Christmas Day']],
    [2, '2026-12-28T08:00:00.000Z', false, []],
    [3, '2026-12-28T08:05:00.000Z', true, []],
  ]);
  await t.escalateTo([
    { userIds: [bob.id], delaySeconds: 300, onlyHours: 'business' },
    { userIds: [ann.id], delaySeconds: 300, onlyHours: 'off' },
  ]);
  const now = (await plan('2026-12-25T09:00:00Z', 'SEV1')).steps;
  expect(now.map(({ people, skipped, closed }) => [people[0]?.name ?? null, skipped !== null, closed])).toEqual([
    [null, true, ['Christmas Day']],
    ['Ann', false, ['Christmas Day']],
  ]);
  expect(now[1]?.people[0]?.holiday).toBe('Christmas Day');
  const before = (await plan('2026-12-22T09:00:00Z', 'SEV1')).steps;
  expect(before[0]?.people[0]).toMatchObject({ name: 'Bob', holiday: 'Winter solstice' });
  expect(before.map(({ skipped, closed }) => [skipped !== null, closed])).toEqual([
    [false, []],
    [true, []],
  ]);
});

it('the pager does what the plan says', async () => {
  t.clock.set('2026-12-25T09:00:00Z');
  await t.signal({ title: 'Down at Christmas' });
  expect(ann.read()).toEqual([expect.stringContaining('Down at Christmas')]);
  expect(bob.read()).toEqual([]);
  const { items } = await t.ask<{ items: { id: string }[] }>('GET', '/pages?limit=1');
  await ann.ask('POST', `/pages/${items[0]?.id}/acknowledge`);
  await t.settle();
});

it('the schedule knows the holidays of those who take part', async () => {
  const { items } = await t.ask<{ items: ScheduleHolidayView[] }>(
    'GET',
    `/schedules/${scheduleId}/holidays?from=2026-12-21&to=2026-12-31`,
  );
  expect(items.map(({ date, name, userIds, everybody }) => [date, name, userIds, everybody])).toEqual([
    ['2026-12-22', 'Winter solstice', [bob.id], false],
    ['2026-12-25', 'Christmas Day', [ann.id], false],
    ['2026-12-26', 'Boxing Day', [ann.id], false],
  ]);
  for (const [query, status] of [
    ['from=2026-12-31&to=2026-12-21', 400],
    ['from=2026-01-01&to=2026-12-31', 400],
    ['from=2026-12-21', 200],
    ['from=soon', 400],
  ] as const)
    expect((await t.call('GET', `/api/v1/schedules/${scheduleId}/holidays?${query}`)).status).toBe(status);
  expect((await t.call('GET', '/api/v1/schedules/sch_none/holidays?from=2026-12-21&to=2026-12-22')).status).toBe(404);
});

it('the load counts hours on holidays of each person, and gives them for pay', async () => {
  t.clock.set('2026-12-28T09:00:00Z');
  // Ann has 21 (from ten o’clock, when the schedule was made), 23, 25 and 27, Bob has 22, 24 and 26; Boxing Day is Ann's holiday, not Bob's.
  const { people, days } = await t.ask<LoadReportView>(
    'GET',
    '/oncall/load?from=2026-12-20T23:00:00Z&to=2026-12-27T23:00:00Z&days=true',
  );
  const of = (who: Responder) => people.find(({ userId }) => userId === who.id);
  expect(of(ann)).toMatchObject({ totalSeconds: 86 * HOUR, holidaySeconds: 24 * HOUR, interruptions: 1 });
  // A holiday is a free day: 25 and Sunday the 27th, each fifteen hours by day.
  expect(of(ann)).toMatchObject({ freeDaySeconds: 30 * HOUR, freeNightSeconds: 18 * HOUR });
  expect(of(bob)).toMatchObject({ totalSeconds: 72 * HOUR, holidaySeconds: 24 * HOUR });
  expect(
    days
      .filter(({ holiday }) => holiday !== null)
      .map(({ date, userName, holiday, holidaySeconds }) => [date, userName, holiday, holidaySeconds]),
  ).toEqual([
    ['2026-12-25', 'Ann', 'Christmas Day', 24 * HOUR],
    ['2026-12-22', 'Bob', 'Winter solstice', 24 * HOUR],
  ]);
});
