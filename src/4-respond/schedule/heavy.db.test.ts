import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { ScheduleShiftsView } from './shift-contract.ts';

type Page = { readonly items: ScheduleShiftsView[]; readonly nextCursor: string | null };

const DAY_MS = 86_400_000;
const NAMES = ['One', 'Two', 'Three', 'Four'];
let t: Crew;
let ann: Responder;

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Two minutes of every 28, all week: with four more of its kind about the most that a schedule can have. */
const layer = (offset: number) => ({
  name: `From ${offset}`,
  beginsAt: t.clock.now().toISOString().slice(0, 16),
  rotation: { kind: 'daily' },
  turns: [{ userIds: [ann.id] }],
  restrictions: Array.from({ length: 50 }, (_, slot) => ({
    days: [1, 2, 3, 4, 5, 6, 7],
    start: clock(slot * 28 + offset),
    end: clock(slot * 28 + offset + 2),
  })),
});

beforeAll(async () => {
  t = await createCrew();
  ann = await t.hire('Ann');
  for (const name of NAMES)
    await t.ask('POST', '/schedules', { name, timeZone: 'UTC', layers: [0, 5, 10, 15, 20].map(layer) });
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

it('schedules as heavy as can be come in pages that end early, and none is left out', async () => {
  const from = t.clock.now();
  const span = `from=${from.toISOString()}&to=${new Date(from.getTime() + 31 * DAY_MS).toISOString()}`;
  const names: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ''; cursor !== null; pages++) {
    const page: Page = await t.ask('GET', `/oncall/calendar?${span}&limit=200${cursor && `&cursor=${cursor}`}`);
    names.push(...page.items.map(({ name }) => name));
    // The schedule with which it becomes enough is still whole.
    expect(page.items.slice(0, -1).reduce((sum, { shifts }) => sum + shifts.length, 0)).toBeLessThan(20_000);
    cursor = page.nextCursor;
  }
  expect(pages).toBe(2);
  expect(names.toSorted()).toEqual(NAMES.toSorted());
});
