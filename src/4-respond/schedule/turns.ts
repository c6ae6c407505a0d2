import { HOUR_MS } from '#kernel/duration.ts';
import type { Interval } from '#kernel/interval.ts';
import type { Layer, TurnLength } from './schedule.ts';
import { wallClock, wallMsOf } from '#kernel/wall-clock.ts';

/** The n-th turn since the layer began; `index` says which of the layer's turns it is. */
export type TurnSpan = Interval & { readonly number: number; readonly index: number };

const HOURS: Readonly<Record<TurnLength['unit'], number>> = { hours: 1, days: 24, weeks: 168 };
const PERIOD_HOURS = { hourly: 1, daily: 24, weekly: 168 } as const;

/**
 * The turns of a layer that touch a window, in order, each whole. Together they leave no hole and never overlap: where
 * one begins the one before ends. A turn that falls into a gap of the clock altogether is left out.
 */
export function turnSpans(layer: Layer, zone: string, window: Interval): TurnSpan[] {
  const { startOf, numberAt } = timingOf(layer);
  const clock = wallClock(zone);
  const instantOf = (number: number) => clock.first(startOf(number));
  let number = Math.max(0, numberAt(clock.shownAt(window.startMs)));
  while (number > 0 && instantOf(number) > window.startMs) number--;
  const spans: TurnSpan[] = [];
  let startMs = instantOf(number);
  while (startMs < window.endMs) {
    const endMs = instantOf(number + 1);
    if (endMs > window.startMs && endMs > startMs)
      spans.push({ startMs, endMs, number, index: number % layer.turns.length });
    startMs = endMs;
    number++;
  }
  return spans;
}

/** The instant at which the first turn of a layer begins. */
export function beginningOf({ beginsAt }: Layer, zone: string): number {
  return wallClock(zone).first(wallMsOf(Temporal.PlainDateTime.from(beginsAt)));
}

/** Wall times are in milliseconds, as if the clock stood in UTC. */
type Timing = {
  /** The wall time at which the n-th turn begins. */
  readonly startOf: (number: number) => number;
  /** About which turn a wall time belongs to; exact but for changes of the clock. */
  readonly numberAt: (wallMs: number) => number;
};

function timingOf(layer: Layer): Timing {
  const { kind, every } = layer.rotation;
  const begin = Temporal.PlainDateTime.from(layer.beginsAt);
  const beginMs = wallMsOf(begin);
  if (kind === 'custom') return customTiming(layer, beginMs);
  if (kind === 'monthly') {
    // Always counted from the beginning, so that the 31st comes back after a shorter month.
    return {
      startOf: (number) => wallMsOf(begin.add({ months: number * every }, { overflow: 'constrain' })),
      numberAt: (wallMs) => Math.floor(monthsBetween(begin, wallMs) / every),
    };
  }
  const lengthMs = PERIOD_HOURS[kind] * every * HOUR_MS;
  return {
    startOf: (number) => beginMs + number * lengthMs,
    numberAt: (wallMs) => Math.floor((wallMs - beginMs) / lengthMs),
  };
}

/** Turns of different lengths: a turn begins where those before it, summed up, end. */
function customTiming({ turns }: Layer, beginMs: number): Timing {
  const lengths = turns.map(({ length }) => (length === undefined ? 24 : length.count * HOURS[length.unit]) * HOUR_MS);
  const offsets: number[] = [];
  let cycle = 0;
  for (const length of lengths) {
    offsets.push(cycle);
    cycle += length;
  }
  return {
    startOf: (number) => beginMs + Math.floor(number / turns.length) * cycle + (offsets[number % turns.length] ?? 0),
    numberAt: (wallMs) => {
      const since = wallMs - beginMs;
      const rounds = Math.floor(since / cycle);
      return rounds * turns.length + offsets.findLastIndex((offset) => offset <= since - rounds * cycle);
    },
  };
}

function monthsBetween(begin: Temporal.PlainDateTime, wallMs: number): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  return begin.until(wall, { largestUnit: 'months' }).months;
}
