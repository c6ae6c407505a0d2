import { expect, it } from 'vitest';
import { timelineOf } from './timeline.ts';
import type { Stretch } from './uptime.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 10, minute));
const stretch = (state: Stretch['state'], from: number, to: number | null, drill = false): Stretch => ({
  state,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  drill,
});

it('is cut to what is asked for, the last one as well, and leaves drills out', () => {
  const stretches = [
    stretch('up', 0, 20),
    stretch('maintenance', 20, 30),
    stretch('down', 30, null),
    stretch('down', 5, 8, true),
  ];
  const { from, items } = timelineOf(stretches, at(10), at(40));
  expect(from).toEqual(at(10));
  expect(items).toEqual([
    { state: 'up', from: at(10).toISOString(), to: at(20).toISOString() },
    { state: 'maintenance', from: at(20).toISOString(), to: at(30).toISOString() },
    { state: 'down', from: at(30).toISOString(), to: at(40).toISOString() },
  ]);
});

it('ends with the last thousand of a monitor that comes and goes, and says where they begin', () => {
  const stretches = Array.from({ length: 1_500 }, (_, i) => stretch(i % 2 === 0 ? 'up' : 'down', i, i + 1));
  const { from, items } = timelineOf(stretches, at(-10), at(1_500));
  expect([from, items.length]).toEqual([at(500), 1_000]);
  expect(items.at(-1)?.to).toBe(at(1_500).toISOString());
});
