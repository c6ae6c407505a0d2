import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { ScheduleView } from '../schedule/contract.ts';
import type { FinalScheduleView, ScheduleOnCallView } from '../schedule/shift-contract.ts';
import type { AbsenceEffectView, AbsenceView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;

type Made = AbsenceView & { readonly effects: AbsenceEffectView[] };

const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(t.clock.now().getTime() + hours * HOUR_MS).toISOString();
const daily = (name: string, whenAway: string, ...userIds: string[]) => ({
  name,
  timeZone: 'UTC',
  layers: [
    {
      name: 'Days',
      beginsAt: later(0).slice(0, 16),
      rotation: { kind: 'daily' },
      turns: userIds.map((userId) => ({ userIds: [userId] })),
      whenAway,
    },
  ],
});
const schedules: ScheduleView[] = [];

beforeAll(async () => {
  t = await createCrew();
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  for (const [name, whenAway] of [
    ['Covered', 'next-in-rotation'],
    ['Open', 'leave-open'],
  ] as const)
    schedules.push(await t.ask('POST', '/schedules', daily(name, whenAway, ann.id, bob.id)));
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

describe('an absence', () => {
  let made: Made;

  it('says where somebody is missed and who is on call instead, before and when it is made', async () => {
    const span = { startsAt: later(12), endsAt: later(36) };
    const query = new URLSearchParams(span);
    const { effects } = await ann.ask<{ effects: AbsenceEffectView[] }>('GET', `/absence-effects?${query}`);
    expect(effects).toEqual([
      {
        scheduleId: schedules[0]?.id,
        scheduleName: 'Covered',
        startsAt: later(12),
        endsAt: later(24),
        insteadIds: [bob.id],
      },
      { scheduleId: schedules[1]?.id, scheduleName: 'Open', startsAt: later(12), endsAt: later(24), insteadIds: [] },
    ]);
    made = await ann.ask<Made>('POST', '/absences', { ...span, reason: 'Vacation' });
    expect(made).toMatchObject({ userId: ann.id, reason: 'Vacation', effects });
    expect(await bob.ask('GET', '/absences')).toMatchObject({ items: [{ id: made.id }] });
  });

  it('leaves a gap that says so, or lets the next stand in', async () => {
    const final = async (id: string | undefined) =>
      (await t.ask<FinalScheduleView>('GET', `/schedules/${id}/final?to=${later(24)}`)).shifts.map(
        ({ userIds, gap }) => gap?.reason ?? userIds[0],
      );
    expect(await final(schedules[0]?.id)).toEqual([ann.id, bob.id]);
    expect(await final(schedules[1]?.id)).toEqual([ann.id, 'away']);
  });

  it('is one’s own: others’ are for those who manage schedules', async () => {
    await expect(bob.ask('DELETE', `/absences/${made.id}`)).rejects.toThrow('403');
    await expect(
      bob.ask('POST', '/absences', { userId: ann.id, startsAt: later(1), endsAt: later(2) }),
    ).rejects.toThrow('only of yourself');
    await expect(ann.ask('POST', '/absences', { startsAt: later(-5), endsAt: later(2) })).rejects.toThrow('past');
    const other = await t.ask<Made>('POST', '/absences', { userId: bob.id, startsAt: later(50), endsAt: later(60) });
    await bob.ask('DELETE', `/absences/${other.id}`);
  });

  it('that has begun ends when it is taken back, and the past stays', async () => {
    t.clock.set(later(13));
    await t.settle();
    const now = async () =>
      (await t.ask<{ items: ScheduleOnCallView[] }>('GET', '/oncall/schedules')).items.map(({ userIds }) => userIds);
    expect(await now()).toEqual([[bob.id], []]);
    await ann.ask('DELETE', `/absences/${made.id}`);
    expect(await now()).toEqual([[ann.id], [ann.id]]);
    const past = await t.ask<{ items: ScheduleOnCallView[] }>('GET', `/oncall/schedules?at=${later(-0.5)}`);
    expect(past.items.map(({ userIds }) => userIds)).toEqual([[bob.id], []]);
  });
});

it('deactivating somebody says beforehand which schedules would have nobody', async () => {
  const { consequences } = await t.ask<{ consequences: string[] }>('GET', `/users/${ann.id}/deactivation`);
  expect(consequences).toEqual([
    'The on-call schedule “Covered” would lose them; others are on call in their shifts of the next 30 days.',
    expect.stringMatching(/^The on-call schedule “Open” would have nobody in 1\d shifts of the next 30 days\.$/),
  ]);
});

describe('hand-off notices', () => {
  it('come an hour before a shift and at the change, to who comes and who goes', async () => {
    const before = [ann.read().length, bob.read().length];
    const fresh = (responder: Responder, index: number) => responder.read().slice(before[index]).toSorted();
    t.clock.set(later(9.99));
    await t.settle();
    await t.advance(120);
    expect(fresh(bob, 1)).toEqual([
      expect.stringMatching(/^On call in (1 h|59 m).*: Covered$/),
      expect.stringMatching(/: Open$/),
    ]);
    expect(fresh(ann, 0)).toEqual([]);
    await t.advance(3_600);
    expect(fresh(bob, 1).filter((title) => title.startsWith('You'))).toEqual([
      'You are on call: Covered',
      'You are on call: Open',
    ]);
    expect(fresh(ann, 0)).toEqual(['You are off call: Covered', 'You are off call: Open']);
    expect(ann.phone().at(-1)?.message).toContain('On call now: Bob.');
    await t.advance(600);
    expect(fresh(bob, 1)).toHaveLength(4);
  });
});
