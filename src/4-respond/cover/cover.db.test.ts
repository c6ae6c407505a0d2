import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { ScheduleOverrideView, ScheduleView } from '../schedule/contract.ts';
import type { FinalScheduleView } from '../schedule/shift-contract.ts';
import type { CoverRequestView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let cid: Responder;
let schedule: ScheduleView;

const HOUR_MS = 3_600_000;
let start = 0;
const at = (hours: number) => new Date(start + hours * HOUR_MS).toISOString();
const span = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });

beforeAll(async () => {
  t = await createCrew();
  start = t.clock.now().getTime();
  [ann, bob, cid] = [await t.hire('Ann'), await t.hire('Bob'), await t.hire('Cid')];
  schedule = await t.ask<ScheduleView>('POST', '/schedules', {
    name: 'Primary',
    timeZone: 'UTC',
    handOffMinutes: null,
    layers: [
      {
        name: 'Days',
        beginsAt: at(0).slice(0, 16),
        rotation: { kind: 'daily' },
        turns: [ann, bob, cid].map(({ id }) => ({ userIds: [id] })),
      },
    ],
  });
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const ask = (who: Responder, body: Record<string, unknown>) =>
  who.ask<CoverRequestView>('POST', `/schedules/${schedule.id}/cover-requests`, body);
const answer = (who: Responder, { id }: CoverRequestView, what: string) =>
  who.ask<CoverRequestView>('POST', `/cover-requests/${id}/${what}`);
const names = () => new Map([ann, bob, cid].map(({ id, name }) => [id, name]));
async function onCall(from: number, to: number): Promise<string[]> {
  const query = `from=${at(from)}&to=${at(to)}`;
  const { shifts } = await t.ask<FinalScheduleView>('GET', `/schedules/${schedule.id}/final?${query}`);
  return shifts.map(
    ({ userIds, startsAt }) => `${(Date.parse(startsAt) - start) / HOUR_MS} ${names().get(userIds[0] ?? '')}`,
  );
}

describe('a request for cover', () => {
  it('that one person accepts becomes an override, and both are told', async () => {
    const made = await ask(ann, { ...span(4, 8), askedUserId: bob.id, note: 'Concert' });
    await t.settle();
    expect(bob.read().at(-1)).toBe('Ann asks you for cover: Primary');
    expect(bob.phone().at(-1)?.message).toContain('Concert');
    expect(cid.read()).toEqual([]);
    await expect(answer(cid, made, 'accept')).rejects.toThrow('not made to you');
    expect(await answer(bob, made, 'accept')).toMatchObject({ state: 'accepted', answeredBy: bob.id });
    await t.settle();
    expect(ann.read().at(-1)).toBe('Bob covers you: Primary');
    expect(await onCall(0, 24)).toEqual(['0 Ann', '4 Bob', '8 Ann']);
    await expect(answer(bob, made, 'accept')).rejects.toThrow('is accepted');
  });

  it('to everybody goes to whoever takes part, and the first who accepts has it', async () => {
    const made = await ask(ann, span(10, 12));
    await t.settle();
    expect([bob.read().at(-1), cid.read().at(-1)]).toEqual(Array(2).fill('Ann asks you for cover: Primary'));
    await expect(answer(ann, made, 'accept')).rejects.toThrow('not made to you');
    const both = await Promise.allSettled([answer(bob, made, 'accept'), answer(cid, made, 'accept')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { items } = await t.ask<{ items: ScheduleOverrideView[] }>('GET', `/schedules/${schedule.id}/overrides`);
    expect(items.filter(({ startsAt }) => startsAt === at(10))).toHaveLength(1);
  });

  it('with a span in return is a swap: both change at once', async () => {
    const made = await ask(ann, { ...span(14, 24), askedUserId: bob.id, inReturn: span(24, 34) });
    await answer(bob, made, 'accept');
    expect(await onCall(13, 40)).toEqual(['13 Ann', '14 Bob', '24 Ann', '34 Bob']);
  });

  it('may be declined and withdrawn, and changes nothing then', async () => {
    const declined = await ask(bob, { ...span(36, 40), askedUserId: cid.id });
    expect(await answer(cid, declined, 'decline')).toMatchObject({ state: 'declined' });
    await t.settle();
    expect(bob.read().at(-1)).toBe('Cid cannot cover you: Primary');
    const withdrawn = await ask(bob, span(36, 40));
    await expect(answer(cid, withdrawn, 'withdraw')).rejects.toThrow('Only who asked');
    expect(await answer(bob, withdrawn, 'withdraw')).toMatchObject({ state: 'withdrawn' });
    expect(await onCall(35, 41)).toEqual(['35 Bob']);
  });

  it('is refused for a time in which nobody needs it', async () => {
    await expect(ask(cid, span(4, 8))).rejects.toThrow('You are not on call');
    await expect(ask(bob, { ...span(40, 44), askedUserId: cid.id, inReturn: span(41, 42) })).rejects.toThrow(
      'Who you ask',
    );
    await expect(ask(bob, { ...span(40, 44), askedUserId: bob.id })).rejects.toThrow('yourself');
    await expect(ask(bob, { ...span(40, 44), inReturn: span(50, 52) })).rejects.toThrow('whose shift');
  });

  it('that has begun counts from the moment of the yes, and one that is over has expired', async () => {
    const made = await ask(bob, { ...span(40, 44), askedUserId: cid.id });
    t.clock.set(at(42));
    await answer(cid, made, 'accept');
    expect(await onCall(39, 46)).toEqual(['39 Bob', '42 Cid', '44 Bob']);
    const late = await ask(bob, { ...span(45, 46), askedUserId: cid.id });
    t.clock.set(at(47));
    await expect(answer(cid, late, 'accept')).rejects.toThrow('is expired');
    expect(await t.ask('GET', `/cover-requests?scheduleId=${schedule.id}`)).toMatchObject({ items: [] });
  });

  it('may be made by whoever is away then, and fills the gap when somebody accepts', async () => {
    const absence = await ann.ask<{ id: string }>('POST', '/absences', span(72, 96));
    expect(await onCall(72, 96)).toEqual(['72 undefined']);
    const made = await ask(ann, { ...span(72, 96), askedUserId: bob.id });
    await answer(bob, made, 'accept');
    expect(await onCall(72, 96)).toEqual(['72 Bob']);
    await t.settle();
    await ann.ask('DELETE', `/absences/${absence.id}`);
    const refused = await ann.ask('POST', `/schedules/${schedule.id}/cover-requests`, span(50, 60)).catch(String);
    expect(refused).toContain('You are not on call by this schedule then');
  });
});
