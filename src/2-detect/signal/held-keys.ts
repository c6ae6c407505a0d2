import { graver } from '../alert/alert.ts';
import type { SignalSeverity } from '../alert/contract.ts';
import { gravestOf, type SignalGroup } from './signal.ts';

const MOST_KEPT = 50_000;

/**
 * Keys that were held by an alert when they were last written, and how grave the alert was at least: what repeats them
 * needs no description. It may be wrong at any time, since others close alerts too; the database has the last word.
 */
export type HeldKeys = {
  readonly holds: (group: SignalGroup) => boolean;
  readonly note: (groups: readonly SignalGroup[]) => void;
  readonly forget: () => void;
};

export function createHeldKeys(): HeldKeys {
  const held = new Map<string, SignalSeverity>();
  return {
    holds(group) {
      const severity = held.get(group.key);
      return severity !== undefined && graver(severity, gravestOf(group.signals)) === severity;
    },
    note(groups) {
      if (held.size > MOST_KEPT) held.clear();
      for (const { key, status, signals } of groups) {
        if (status === 'resolved') held.delete(key);
        else held.set(key, graver(held.get(key) ?? 'info', gravestOf(signals)));
      }
    },
    forget: () => held.clear(),
  };
}
