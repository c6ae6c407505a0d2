import type { Interval } from '#kernel/interval.ts';
import type { Layer, TurnLength } from './schedule.ts';
import { firstInstantOf, wallTimeOf } from './wall-clock.ts';

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
  const instantOf = (number: number) => firstInstantOf(startOf(number), zone);
  let number = Math.max(0, numberAt(wallTimeOf(window.startMs, zone)));
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

type Timing = {
  /** The wall time at which the n-th turn begins. */
  readonly startOf: (number: number) => Temporal.PlainDateTime;
  /** About which turn a wall time belongs to; exact but for changes of the clock. */
  readonly numberAt: (wall: Temporal.PlainDateTime) => number;
};

function timingOf(layer: Layer): Timing {
  const { kind, every } = layer.rotation;
  const begin = Temporal.PlainDateTime.from(layer.beginsAt);
  if (kind === 'custom') return customTiming(layer, begin);
  if (kind === 'monthly') {
    // Always counted from the beginning, so that the 31st comes back after a shorter month.
    return {
      startOf: (number) => begin.add({ months: number * every }, { overflow: 'constrain' }),
      numberAt: (wall) => Math.floor(begin.until(wall, { largestUnit: 'months' }).months / every),
    };
  }
  const hours = PERIOD_HOURS[kind] * every;
  return {
    startOf: (number) => begin.add({ hours: number * hours }),
    numberAt: (wall) => Math.floor(hoursBetween(begin, wall) / hours),
  };
}

/** Turns of different lengths: a turn begins where those before it, summed up, end. */
function customTiming({ turns }: Layer, begin: Temporal.PlainDateTime): Timing {
  const lengths = turns.map(({ length }) => (length === undefined ? 24 : length.count * HOURS[length.unit]));
  const offsets = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, hours) => sum + hours, 0));
  const cycle = lengths.reduce((sum, hours) => sum + hours, 0);
  return {
    startOf: (number) =>
      begin.add({ hours: Math.floor(number / turns.length) * cycle + (offsets[number % turns.length] ?? 0) }),
    numberAt: (wall) => {
      const hours = hoursBetween(begin, wall);
      const rounds = Math.floor(hours / cycle);
      return rounds * turns.length + offsets.findLastIndex((offset) => offset <= hours - rounds * cycle);
    },
  };
}

function hoursBetween(from: Temporal.PlainDateTime, to: Temporal.PlainDateTime): number {
  return from.until(to, { largestUnit: 'hours' }).total({ unit: 'hours' });
}
