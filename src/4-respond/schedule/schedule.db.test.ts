import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { deleteSchedule } from './change-schedules.ts';
import type { ScheduleOverrideView, ScheduleView } from './contract.ts';
import { readOnCallOf } from './read-on-call.ts';
import type { FinalScheduleView, PersonShiftView, ScheduleOnCallView, ScheduleShiftsView } from './shift-contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let made: ScheduleView;

const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(t.clock.now().getTime() + hours * HOUR_MS).toISOString();
const refused = async (method: string, path: string, body?: unknown) => {
  const { status, body: problem } = await t.call(method, `/api/v1${path}`, body);
  return { status, problem };
};
const layer = (...userIds: string[]) => ({
  name: 'Days',
  beginsAt: later(0).slice(0, 16),
  rotation: { kind: 'daily' },
  turns: userIds.map((userId) => ({ userIds: [userId] })),
});
const onCall = async (at = t.clock.now()) =>
  (await t.act((ctx) => readOnCallOf(ctx, [made.id, 'sch_unknown'], at))).get(made.id);

beforeAll(async () => {
  t = await createCrew();
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  made = await t.ask<ScheduleView>('POST', '/schedules', {
    name: 'Primary',
    handOffMinutes: null,
    timeZone: 'UTC',
    layers: [layer(ann.id, bob.id)],
  });
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

describe('a schedule', () => {
  it('is listed, read, and says who is on call and who is next', async () => {
    expect(await t.ask('GET', '/schedules')).toMatchObject({ items: [{ id: made.id, version: 1 }] });
    expect(await ann.ask('GET', `/schedules/${made.id}`)).toEqual(made);
    const { items } = await ann.ask<{ items: ScheduleOnCallView[] }>('GET', '/oncall/schedules');
    expect(items).toMatchObject([{ scheduleId: made.id, userIds: [ann.id], next: { userIds: [bob.id] }, gap: null }]);
    expect(await onCall()).toMatchObject({ name: 'Primary', userIds: [ann.id], everybody: [ann.id, bob.id] });
  });

  it('shows its final shifts, what each layer plans and one person’s shifts', async () => {
    const span = `from=${later(0)}&to=${later(72)}`;
    const final = await t.ask<FinalScheduleView>('GET', `/schedules/${made.id}/final?${span}`);
    expect(final.shifts.map(({ userIds }) => userIds)).toEqual([[ann.id], [bob.id], [ann.id]]);
    expect(final.layers[0]?.shifts.map(({ turn }) => turn)).toEqual([0, 1, 0]);
    expect(final.gaps).toEqual([]);
    const { items } = await t.ask<{ items: PersonShiftView[] }>('GET', `/oncall/shifts?userId=${bob.id}&${span}`);
    expect(items).toMatchObject([{ scheduleName: 'Primary', startsAt: later(24), endsAt: later(48) }]);
    expect(await refused('GET', `/schedules/${made.id}/final?from=${later(0)}&to=${later(24 * 94)}`)).toMatchObject({
      status: 400,
      problem: { detail: expect.stringContaining('93 days') },
    });
  });

  it('is among all schedules of a week, as the final schedule says', async () => {
    const span = `from=${later(0)}&to=${later(48)}`;
    const final = await t.ask<FinalScheduleView>('GET', `/schedules/${made.id}/final?${span}`);
    const all = await ann.ask<{ items: ScheduleShiftsView[] }>('GET', `/oncall/calendar?${span}`);
    expect(all).toEqual({
      items: [{ scheduleId: made.id, name: 'Primary', timeZone: 'UTC', shifts: final.shifts }],
      nextCursor: null,
    });
    expect(await refused('GET', `/oncall/calendar?from=${later(0)}&to=${later(24 * 32)}`)).toMatchObject({
      status: 400,
      problem: { detail: expect.stringContaining('31 days') },
    });
  });

  it('is changed in versions: the future is new, the past stays', async () => {
    const preview = {
      name: 'Primary',
      handOffMinutes: null,
      timeZone: 'UTC',
      layers: [layer(bob.id)],
      effectiveFrom: later(12),
    };
    const span = { from: later(0), to: later(24) };
    const seen = await t.ask<FinalScheduleView>('POST', '/schedule-previews', {
      ...preview,
      ...span,
      scheduleId: made.id,
    });
    const changed = await t.ask<ScheduleView>('PUT', `/schedules/${made.id}`, { ...preview, version: 1 });
    expect(changed).toMatchObject({ version: 2, effectiveFrom: later(12) });
    const final = await t.ask<FinalScheduleView>('GET', `/schedules/${made.id}/final?from=${span.from}&to=${span.to}`);
    expect(final).toEqual(seen);
    expect(final.shifts).toMatchObject([
      { userIds: [ann.id], version: 1 },
      { userIds: [bob.id], version: 2, startsAt: later(12) },
    ]);
    expect(await t.ask('GET', `/schedules/${made.id}/versions`)).toMatchObject({
      items: [{ version: 2 }, { version: 1 }],
    });
    expect(await refused('PUT', `/schedules/${made.id}`, { ...preview, version: 1 })).toMatchObject({ status: 409 });
    await t.ask('PUT', `/schedules/${made.id}`, {
      ...preview,
      layers: [layer(ann.id, bob.id)],
      effectiveFrom: undefined,
      version: 2,
    });
    expect(await onCall(new Date(later(13)))).toMatchObject({ userIds: [ann.id] });
  });

  it.each([
    ['in the past', { effectiveFrom: '2020-01-01T00:00:00Z' }, /past/],
    ['of shadows alone', { shadow: true }, /not a shadow/],
    ['with a day that is not in the calendar', { beginsAt: '2026-02-30T09:00' }, /calendar/],
    ['with somebody unknown', { userIds: ['usr_nobody'] }, /not a member/],
    ['with a turn longer than its rotation says', { rotation: { kind: 'weekly', every: 53 } }, /at most 52 weeks/],
    ['in a zone that does not exist', { timeZone: 'Mars/Olympus' }, /zone/],
  ] as const)('is refused %s', async (_, change, words) => {
    const { effectiveFrom, timeZone = 'UTC', userIds, ...inLayer } = { ...change } as Record<string, unknown>;
    const one = { ...layer(ann.id), ...inLayer, ...(userIds ? { turns: [{ userIds }] } : {}) };
    const answer = await refused('POST', '/schedules', { name: 'Wrong', timeZone, layers: [one], effectiveFrom });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.problem)).toMatch(words);
  });

  it('cannot be changed by members, who may read it', async () => {
    await expect(ann.ask('DELETE', `/schedules/${made.id}`)).rejects.toThrow('403');
  });
});

describe('an override', () => {
  const override = (body: Record<string, unknown>) => ({ startsAt: later(0), endsAt: later(2), ...body });

  it('puts a member who asks on call, and only them', async () => {
    const path = `/schedules/${made.id}/overrides`;
    const mine = override({ kind: 'replace', userId: bob.id, replacedUserId: ann.id, reason: 'Dentist' });
    const one = await bob.ask<ScheduleOverrideView>('POST', path, mine);
    expect(await onCall()).toMatchObject({ userIds: [bob.id] });
    expect(await t.ask('GET', path)).toMatchObject({ items: [{ id: one.id, reason: 'Dentist', createdBy: bob.id }] });
    await expect(ann.ask('POST', path, override({ kind: 'remove', userId: bob.id }))).rejects.toThrow('only yourself');
    await expect(ann.ask('DELETE', `/schedule-overrides/${one.id}`)).rejects.toThrow('only yourself');
    await t.advance(600);
    await bob.ask('DELETE', `/schedule-overrides/${one.id}`);
    expect(await onCall()).toMatchObject({ userIds: [ann.id] });
    // What was, was: for ten minutes Bob was on call.
    expect(await onCall(new Date(t.clock.now().getTime() - 60_000))).toMatchObject({ userIds: [bob.id] });
    expect(await refused('DELETE', `/schedule-overrides/${one.id}`)).toMatchObject({ status: 409 });
  });

  it('that takes everybody off leaves a gap, which says so', async () => {
    const one = await t.ask<ScheduleOverrideView>(
      'POST',
      `/schedules/${made.id}/overrides`,
      override({ kind: 'remove', userId: ann.id }),
    );
    const { items } = await t.ask<{ items: ScheduleOnCallView[] }>('GET', '/oncall/schedules');
    expect(items).toMatchObject([{ userIds: [], gap: { reason: 'removed', userIds: [ann.id] } }]);
    await t.ask('DELETE', `/schedule-overrides/${one.id}`);
    expect(await t.ask('GET', `/schedules/${made.id}/overrides`)).toEqual({ items: [], nextCursor: null });
  });

  it('does not stand beside fifty others at one instant', async () => {
    const path = `/schedules/${made.id}/overrides`;
    const add = (from: number, to: number) =>
      bob.ask<ScheduleOverrideView>('POST', path, {
        kind: 'add',
        userId: bob.id,
        startsAt: later(from),
        endsAt: later(to),
      });
    const made50 = [];
    for (let index = 0; index < 25; index++) made50.push(await add(1_000, 1_010), await add(1_005, 1_015));
    await expect(add(1_009, 1_011)).rejects.toThrow('At most 50 overrides of a schedule hold at once');
    // Fifty touch it, but no more than 25 at a time.
    const beside = await add(1_012, 1_020);
    await expect(
      bob.ask('PATCH', `/schedule-overrides/${beside.id}`, { startsAt: later(1_008), endsAt: later(1_020) }),
    ).rejects.toThrow('At most 50');
    for (const { id } of [...made50, beside]) await bob.ask('DELETE', `/schedule-overrides/${id}`);
  });

  it('is moved while it lies ahead; of one that has begun only the end moves, and not into the past', async () => {
    const inMinutes = (minutes: number) => later(minutes / 60);
    const one = await bob.ask<ScheduleOverrideView>('POST', `/schedules/${made.id}/overrides`, {
      kind: 'add',
      userId: bob.id,
      startsAt: inMinutes(2),
      endsAt: inMinutes(4),
      reason: 'Release',
    });
    const path = `/schedule-overrides/${one.id}`;
    const [start, end] = [inMinutes(1), inMinutes(3)];
    const moved = await bob.ask<ScheduleOverrideView>('PATCH', path, { startsAt: start, endsAt: end });
    expect(moved).toEqual({ ...one, startsAt: start, endsAt: end });
    await expect(ann.ask('PATCH', path, { endsAt: inMinutes(5) })).rejects.toThrow('only yourself');
    expect(await refused('PATCH', path, { startsAt: inMinutes(-5) })).toMatchObject({
      status: 400,
      problem: { errors: [{ path: 'body.startsAt', message: expect.stringContaining('past') }] },
    });
    expect(await refused('PATCH', path, { startsAt: inMinutes(4) })).toMatchObject({
      status: 400,
      problem: { errors: [{ path: 'body.endsAt' }] },
    });
    await t.advance(2 * 60);
    expect(await refused('PATCH', path, { startsAt: inMinutes(1), endsAt: inMinutes(4) })).toMatchObject({
      status: 400,
      problem: { errors: [{ path: 'body.startsAt', message: expect.stringContaining('only the end can move') }] },
    });
    expect(await refused('PATCH', path, { endsAt: inMinutes(-0.5) })).toMatchObject({
      status: 400,
      problem: { errors: [{ path: 'body.endsAt' }] },
    });
    const longer = inMinutes(2);
    expect(await bob.ask('PATCH', path, { endsAt: longer, reason: null })).toMatchObject({
      startsAt: start,
      endsAt: longer,
      reason: null,
    });
    await t.advance(3 * 60);
    expect(await refused('PATCH', path, { endsAt: inMinutes(4) })).toMatchObject({ status: 409 });
    expect(await refused('PATCH', '/schedule-overrides/ovr_unknown', { endsAt: inMinutes(4) })).toMatchObject({
      status: 404,
    });
  });

  it('cannot be made for the past', async () => {
    const answer = await refused('POST', `/schedules/${made.id}/overrides`, {
      ...override({ kind: 'add', userId: bob.id }),
      startsAt: later(-3),
    });
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ path: 'body.startsAt' }] } });
  });
});

it('a policy that asks it pages who is on call, and it cannot be removed meanwhile', async () => {
  const target = { kind: 'schedule', scheduleId: made.id, who: 'current' };
  const { items } = await t.ask<{ items: { id: string; name: string; version: number }[] }>(
    'GET',
    '/escalation-policies',
  );
  const [policy] = items;
  await t.ask('PUT', `/escalation-policies/${policy?.id}`, {
    name: policy?.name,
    version: policy?.version,
    steps: [{ targets: [target], delaySeconds: 300 }],
  });
  await t.signal({ title: 'Checkout is down' });
  expect([ann.read().length, bob.read().length]).toEqual([1, 0]);
  expect(await refused('DELETE', `/schedules/${made.id}`)).toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining(String(policy?.name)) },
  });
});

it('every change is in the audit log', async () => {
  const { rows } = await t.database.pool.query<{ action: string }>(
    "select distinct action from audit_entry where action like 'schedule%' order by 1",
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'schedule-override.change',
    'schedule-override.create',
    'schedule-override.delete',
    'schedule.change',
    'schedule.create',
  ]);
});

it('a deactivated person is not on call any more', async () => {
  await t.ask('POST', `/users/${ann.id}/deactivate`);
  expect(await onCall()).toMatchObject({ userIds: [], everybody: [bob.id] });
});

it('is not removed while something asks it, and is gone afterwards', async () => {
  const uses = t.act((ctx) => deleteSchedule(ctx, made.id, () => Promise.resolve(['step 1 of Checkout'])));
  await expect(uses).rejects.toThrow('Primary is still in use: step 1 of Checkout');
  await t.escalateTo([{ userIds: [bob.id], delaySeconds: 300 }]);
  await t.ask('DELETE', `/schedules/${made.id}`);
  expect(await refused('GET', `/schedules/${made.id}`)).toMatchObject({ status: 404 });
  expect(await onCall()).toBeUndefined();
});
