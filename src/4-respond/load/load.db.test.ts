import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { loadCsv } from './load-csv.ts';
import type { LoadReportView, SwapSuggestionView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let scheduleId: string;

const HOUR = 3_600;
const span = 'from=2026-11-20T00:00:00Z&to=2026-12-02T00:00:00Z';
const load = (query = span) => t.ask<LoadReportView>('GET', `/oncall/load?${query}`);
const person = ({ people }: LoadReportView, who: Responder) => people.find(({ userId }) => userId === who.id);
const pageAt = async (at: string, title: string) => {
  t.clock.set(at);
  // Not critical: nobody has to declare it later.
  await t.signal({ title, severity: 'error' });
  const { items } = await t.ask<{ items: { id: string }[] }>('GET', '/pages?limit=1');
  await t.ask('POST', `/pages/${items[0]?.id}/acknowledge`);
  await t.settle();
};

// Wednesday; Ann has the day from nine, Bob the next, and so on.
beforeAll(async () => {
  t = await createCrew({ start: '2026-11-25T09:00:00Z', timeZone: 'UTC' });
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  const layers = [
    {
      name: 'Days',
      beginsAt: '2026-11-25T09:00',
      rotation: { kind: 'daily' },
      turns: [{ userIds: [ann.id] }, { userIds: [bob.id] }],
    },
  ];
  const made = await t.ask<{ id: string }>('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    layers,
    handOffMinutes: null,
  });
  scheduleId = made.id;
  await t.escalateTo([{ targets: [{ kind: 'schedule', scheduleId }], delaySeconds: 300 }]);
  // Bob gives Friday night to Ann.
  await t.ask('POST', `/schedules/${scheduleId}/overrides`, {
    kind: 'replace',
    userId: ann.id,
    replacedUserId: bob.id,
    startsAt: '2026-11-26T22:00:00Z',
    endsAt: '2026-11-27T07:00:00Z',
  });
  await pageAt('2026-11-25T11:00:00Z', 'at work');
  await pageAt('2026-11-25T23:30:00Z', 'before midnight');
  await pageAt('2026-11-26T03:00:00Z', 'after midnight');
  // A drill, and a page of somebody by name, which no schedule asked for.
  await ann.ask('POST', '/drills/mine');
  await t.settle();
  t.clock.set('2026-11-26T12:00:00Z');
  await t.ask('POST', '/pages', { title: 'Please look', targets: [{ kind: 'user', userId: ann.id }] });
  await t.settle();
  t.clock.set('2026-12-02T09:00:00Z');
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

describe('the load report', () => {
  it('counts each person’s hours by the schedule with its overrides, and what interrupted them', async () => {
    const report = await load();
    expect(report.people.map(({ userName }) => userName)).toEqual(['Ann', 'Bob']);
    // Wed 25, Fri 27, Sun 29, Tue 1 up to midnight, and the night that she took over.
    expect(person(report, ann)).toMatchObject({
      totalSeconds: (3 * 24 + 15 + 9) * HOUR,
      freeDaySeconds: (2 + 13) * HOUR,
      freeNightSeconds: (7 + 2) * HOUR,
      pages: 4,
      interruptions: 2,
      interruptedNights: 1,
      interruptionShare: 2,
    });
    expect(person(report, bob)).toMatchObject({ totalSeconds: (3 * 24 - 9) * HOUR, pages: 0, interruptionShare: 0 });
    expect(person(report, ann)?.timeShare).toBeCloseTo(96 / 79.5, 2);
    expect(Object.keys(person(report, ann) ?? {}).filter((key) => /ack|answer|speed/i.test(key))).toEqual([]);
  });

  it('is of one schedule or one team, and of the pages that it asked', async () => {
    expect(person(await load(`${span}&scheduleId=${scheduleId}`), ann)).toMatchObject({ pages: 3 });
    const team = await t.ask<{ id: string }>('POST', '/teams', { name: 'Payments', userIds: [bob.id] });
    expect((await load(`${span}&teamId=${team.id}`)).people).toMatchObject([{ userName: 'Bob', timeShare: 1 }]);
    for (const [query, status] of [
      ['scheduleId=sch_nothing', 404],
      ['teamId=team_nothing', 404],
      ['from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z', 400],
      ['from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z', 400],
      ['from=yesterday', 400],
    ] as const)
      expect((await t.call('GET', `/api/v1/oncall/load?${query}`)).status).toBe(status);
  });

  it('gives every day for pay, as a file too', async () => {
    const { days } = await load(`${span}&days=true`);
    expect(days.filter(({ userId }) => userId === ann.id).slice(0, 3)).toMatchObject([
      { date: '2026-11-25', daySeconds: 13 * HOUR, nightSeconds: 2 * HOUR, pages: 2, interruptions: 1 },
      { date: '2026-11-26', daySeconds: 2 * HOUR, nightSeconds: 9 * HOUR, pages: 2, interruptions: 1 },
      { date: '2026-11-27', daySeconds: 13 * HOUR, nightSeconds: 9 * HOUR, pages: 0 },
    ]);
    expect(loadCsv(days).split('\r\n')[1]).toBe(`2026-11-25,Ann,${ann.id},13,2,0,0,2,1,0,`);
    expect((await load()).days).toEqual([]);
  });

  it('counts by the clock of the person', async () => {
    await bob.ask('PATCH', '/profile', { timeZone: 'Asia/Tokyo' });
    const report = await load('from=2026-11-26T09:00:00Z&to=2026-11-26T21:00:00Z');
    // From 18:00 to 06:00 by Bob's clock.
    expect(person(report, bob)).toMatchObject({ daySeconds: 4 * HOUR, nightSeconds: 8 * HOUR });
    await bob.ask('PATCH', '/profile', { timeZone: 'UTC' });
  });

  it('suggests who could take which shift, and nothing to who is away', async () => {
    await t.ask('POST', `/schedules/${scheduleId}/overrides`, {
      kind: 'replace',
      userId: ann.id,
      startsAt: '2026-12-05T09:00:00Z',
      endsAt: '2026-12-12T09:00:00Z',
    });
    const swaps = async () => (await t.ask<{ items: SwapSuggestionView[] }>('GET', '/oncall/load/swaps')).items;
    const [first] = await swaps();
    expect(first).toMatchObject({ scheduleName: 'Primary', fromUserName: 'Ann', toUserName: 'Bob' });
    expect(Date.parse(first?.startsAt ?? '')).toBeGreaterThan(Date.parse('2026-12-03T09:00:00Z'));
    await t.ask('POST', '/absences', {
      userId: bob.id,
      startsAt: '2026-12-02T10:00:00Z',
      endsAt: '2027-01-20T10:00:00Z',
    });
    expect(await swaps()).toEqual([]);
  });

  it('keeps what was served by a schedule that is removed since', async () => {
    const before = person(await load(), ann)?.totalSeconds;
    await t.escalateTo([{ userIds: [ann.id], delaySeconds: 300 }]);
    await t.ask('DELETE', `/schedules/${scheduleId}`);
    t.clock.set('2026-12-08T09:00:00Z');
    expect(person(await load(), ann)?.totalSeconds).toBe(before);
    const after = await load('from=2026-11-30T09:00:00Z&to=2026-12-08T09:00:00Z');
    // Ann has Tuesday the first up to Wednesday nine, when it was removed.
    expect(person(after, ann)).toMatchObject({ totalSeconds: 24 * HOUR });
  });
});
