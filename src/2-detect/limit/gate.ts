import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { type Allowance, secondsUntilNext, spend } from './allowance.ts';
import { createTurnedAwayCount, type Over } from './count-turned-away.ts';

type Limited = Pick<AlertSourceRow, 'workspaceId' | 'id' | 'signalsPerMinute'>;

/** Who may send how much to this process. Every node keeps its own: a source that sends to two has twice its limit. */
export type Gate = {
  /** Lets a message in that says one thing; throws `limit`, which says when to come back, for a source that said enough. */
  readonly enter: (source: Limited) => void;
  /** Counts what a message says besides the one thing for which it was let in. */
  readonly saidMore: (source: Limited, more: number) => void;
  /** Seconds until a message would be let in; 0 = now. Lets nothing in by itself. */
  readonly secondsUntilOpen: (source: Limited) => number;
  /** Counts a message that was not taken. */
  readonly turnedAway: (source: Limited, over: Over) => void;
};

const MOST_SOURCES = 10_000;
const gates = new WeakMap<System, Gate>();

/** One gate per system, whatever the format. */
export function gateOf(system: System): Gate {
  const gate = gates.get(system) ?? createGate(system);
  gates.set(system, gate);
  return gate;
}

function createGate(system: System): Gate {
  const allowances = new Map<string, Allowance>();
  const turnedAway = createTurnedAwayCount(system);

  function count({ id, signalsPerMinute }: Limited, signals: number): void {
    if (signalsPerMinute === null || signals <= 0) return;
    const before = allowances.get(id);
    if (before === undefined && allowances.size >= MOST_SOURCES) allowances.clear();
    allowances.set(id, spend(before, signalsPerMinute, signals, system.clock.now().getTime()));
  }

  function secondsUntilOpen({ id, signalsPerMinute }: Limited): number {
    if (signalsPerMinute === null) return 0;
    return secondsUntilNext(allowances.get(id), signalsPerMinute, system.clock.now().getTime());
  }

  return {
    enter(source) {
      if (source.signalsPerMinute === null) return;
      const seconds = secondsUntilOpen(source);
      if (seconds > 0) {
        turnedAway(source, 'limit');
        const message = `This source takes ${source.signalsPerMinute} signals a minute, and more were sent.`;
        throw new AppError('limit', `${message} Send it again in ${seconds} s.`, { retryAfterSeconds: seconds });
      }
      count(source, 1);
    },
    saidMore: count,
    secondsUntilOpen,
    turnedAway,
  };
}
