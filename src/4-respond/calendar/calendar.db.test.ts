import ical, { type VEvent } from 'node-ical';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { ScheduleView } from '../schedule/contract.ts';
import type { FinalScheduleView } from '../schedule/shift-contract.ts';
import type { CalendarPlanView } from './contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let schedule: ScheduleView;

type Made = { readonly id: string; readonly url: string };

const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(t.clock.now().getTime() + hours * HOUR_MS).toISOString();

beforeAll(async () => {
  t = await createCrew();
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  schedule = await t.ask<ScheduleView>('POST', '/schedules', {
    name: 'Primary, payments; EU\\US',
    timeZone: 'Europe/Berlin',
    layers: [
      {
        name: 'Days',
        beginsAt: '2026-11-25T09:00',
        rotation: { kind: 'daily' },
        turns: [{ userIds: [ann.id] }, { userIds: [bob.id] }, { userIds: [] }],
      },
      {
        name: 'New',
        shadow: true,
        beginsAt: '2026-11-25T09:00',
        rotation: { kind: 'daily' },
        turns: [{ userIds: [t.ownerId] }],
      },
    ],
  });
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const read = async (url: string) => {
  const response = await t.app.request(new URL(url).pathname);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

/** The entries of a calendar as a calendar program reads them, in order of time. */
async function entriesOf(url: string): Promise<VEvent[]> {
  const { text } = await read(url);
  return Object.values(await ical.async.parseICS(text))
    .filter((one): one is VEvent => one?.type === 'VEVENT')
    .toSorted((one, other) => one.start.getTime() - other.start.getTime());
}

describe('a calendar feed', () => {
  it('of a person has their shifts, and only theirs', async () => {
    const { url } = await ann.ask<Made>('POST', '/calendar-feeds', { kind: 'person' });
    expect(await read(url)).toMatchObject({ status: 200, type: 'text/calendar; charset=utf-8' });
    const entries = await entriesOf(url);
    expect(entries[0]).toMatchObject({
      summary: 'Primary, payments; EU\\US on call',
      end: new Date('2026-11-26T08:00Z'),
    });
    expect(entries[1]?.start).toEqual(new Date('2026-11-28T08:00Z'));
    expect(entries).toHaveLength(31);
  });

  it('of a schedule names who is on call, and the gaps', async () => {
    const { url } = await ann.ask<Made>('POST', '/calendar-feeds', { kind: 'schedule', subjectId: schedule.id });
    const upcoming = (await entriesOf(url)).filter(({ end }) => end && end > t.clock.now()).slice(0, 3);
    expect(upcoming.map(({ summary }) => summary)).toEqual([
      'Ann: Primary, payments; EU\\US on call',
      'Bob: Primary, payments; EU\\US on call',
      'Nobody: Primary, payments; EU\\US',
    ]);
    expect(upcoming[0]?.description).toBe('Looking on: Olive Owner.');
  });

  it('of a team has the shifts of everybody in it, by name', async () => {
    const team = await t.ask<{ id: string }>('POST', '/teams', { name: 'Payments', userIds: [bob.id, t.ownerId] });
    const { url } = await t.ask<Made>('POST', '/calendar-feeds', { kind: 'team', subjectId: team.id });
    const summaries = new Set((await entriesOf(url)).map(({ summary }) => summary));
    expect(summaries).toEqual(
      new Set(['Bob: Primary, payments; EU\\US on call', 'Olive Owner: Primary, payments; EU\\US (shadow)']),
    );
  });

  it('follows an override, and an entry keeps its name from one reading to the next', async () => {
    const { url } = await ann.ask<Made>('POST', '/calendar-feeds', { kind: 'person' });
    const before = await entriesOf(url);
    await t.advance(60);
    await t.ask('POST', `/schedules/${schedule.id}/overrides`, {
      kind: 'replace',
      userId: bob.id,
      replacedUserId: ann.id,
      startsAt: later(72),
      endsAt: later(73),
    });
    const after = await entriesOf(url);
    expect(after.length).toBe(before.length + 1);
    const kept = new Set(after.map(({ uid }) => uid));
    expect(before.filter(({ uid }) => kept.has(uid)).length).toBe(before.length);
  });

  it('is shown to its maker and to who manages schedules, and stops when it is revoked', async () => {
    const made = await bob.ask<Made>('POST', '/calendar-feeds', { kind: 'person' });
    await expect(ann.ask('DELETE', `/calendar-feeds/${made.id}`)).rejects.toThrow('404');
    const { items } = await bob.ask<{ items: Made[] }>('GET', '/calendar-feeds');
    expect(items.map(({ id }) => id)).toEqual([made.id]);
    expect(JSON.stringify(items)).not.toContain('.ics');
    expect((await t.ask<{ items: Made[] }>('GET', '/calendar-feeds')).items.length).toBeGreaterThan(3);
    await bob.ask('DELETE', `/calendar-feeds/${made.id}`);
    expect(await read(made.url)).toMatchObject({ status: 404 });
  });

  it('is not found with a wrong key, for a schedule that is gone, or once its maker is deactivated', async () => {
    expect(await read('http://x/calendar/cal_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics')).toMatchObject({ status: 404 });
    expect(await read('http://x/calendar/nonsense')).toMatchObject({ status: 404 });
    await expect(ann.ask('POST', '/calendar-feeds', { kind: 'schedule', subjectId: 'sch_none' })).rejects.toThrow(
      '404',
    );
    const { url } = await bob.ask<Made>('POST', '/calendar-feeds', { kind: 'schedule', subjectId: schedule.id });
    expect(await read(url)).toMatchObject({ status: 200 });
    await t.ask('POST', `/users/${bob.id}/deactivate`);
    expect(await read(url)).toMatchObject({ status: 404 });
  });
});

describe('a calendar that is imported', () => {
  const stamp = (hours: number) => later(hours).replaceAll(/[-:]|\.\d+/g, '');
  const event = (uid: string, from: number, to: number, summary: string) =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:${stamp(0)}\r\nDTSTART:${stamp(from)}\r\nDTEND:${stamp(to)}\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`;

  it('is planned first, and then becomes overrides', async () => {
    const ics = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${event('a', 100, 110, 'On call: Ann')}${event('b', 105, 120, 'Boss')}END:VCALENDAR\r\n`;
    const plan = (people: unknown[] = []) =>
      t.ask<CalendarPlanView>('POST', `/schedules/${schedule.id}/calendar-plans`, { ics, people });
    expect(await plan()).toMatchObject({
      unknown: ['Boss'],
      stretches: [{ startsAt: expect.stringContaining(later(100).slice(0, 16)), userIds: [ann.id] }],
    });
    const people = [{ summary: 'Boss', userId: t.ownerId }];
    const { stretches } = await plan(people);
    expect(stretches.map(({ userIds }) => userIds)).toEqual([[ann.id], [ann.id, t.ownerId], [t.ownerId]]);
    await expect(ann.ask('POST', `/schedules/${schedule.id}/calendar-imports`, { ics, people })).rejects.toThrow('403');
    await t.ask('POST', `/schedules/${schedule.id}/calendar-imports`, { ics, people });
    const final = await t.ask<FinalScheduleView>(
      'GET',
      `/schedules/${schedule.id}/final?from=${later(100)}&to=${later(119)}`,
    );
    expect(final.shifts.filter(({ overrideIds }) => overrideIds.length > 0).map(({ userIds }) => userIds)).toEqual([
      [ann.id],
      [ann.id, t.ownerId],
      [t.ownerId],
    ]);
  });

  it('is refused with the reason when it cannot be read', async () => {
    await expect(t.ask('POST', `/schedules/${schedule.id}/calendar-plans`, { ics: 'hello' })).rejects.toThrow(
      'is not an iCalendar file',
    );
  });
});
