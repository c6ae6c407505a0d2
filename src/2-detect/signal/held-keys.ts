import { graver } from '../alert/alert.ts';
import type { SignalSeverity } from '../alert/contract.ts';
import { gravestOf, type NewSignal, type SignalGroup } from './signal.ts';

const MOST_KEPT = 50_000;
/** Longer messages are never taken for repeats. */
const LONGEST_REPEAT = 1_000;
/** What a sender says again word for word is kept once in so long; every one is counted. */
const KEEP_EVERY_MS = 10_000;

/**
 * Keys that were held by an alert when they were last written: how grave the alert was at least, and what was last kept of
 * it. What repeats a held key needs no description, and what repeats its words is only counted. It may be wrong at any
 * time, since others close alerts too; the database has the last word.
 */
export type HeldKeys = {
  readonly holds: (group: SignalGroup) => boolean;
  /** Whether all that a group says of a held key was kept a moment ago. */
  readonly repeats: (group: SignalGroup) => boolean;
  readonly note: (groups: readonly SignalGroup[]) => void;
  readonly forget: () => void;
};

type Kept = Pick<NewSignal, 'payload' | 'title' | 'severity' | 'source' | 'receivedAt'>;
type Held = { readonly severity: SignalSeverity; readonly kept: Kept | null };

/** Knows nothing, so everything is written whole. */
export const NONE_HELD: HeldKeys = {
  holds: () => false,
  repeats: () => false,
  note: () => undefined,
  forget: () => undefined,
};

export function createHeldKeys(): HeldKeys {
  const held = new Map<string, Held>();

  function repeats({ key, signals }: SignalGroup): boolean {
    const kept = held.get(key)?.kept ?? null;
    return kept !== null && signals.every((signal) => isRepeat(signal, kept));
  }

  return {
    holds(group) {
      const known = held.get(group.key);
      return known !== undefined && graver(known.severity, gravestOf(group.signals)) === known.severity;
    },
    repeats,
    note(groups) {
      if (held.size > MOST_KEPT) held.clear();
      for (const group of groups) {
        const { key, status, signals } = group;
        if (status === 'resolved') held.delete(key);
        else if (!repeats(group)) {
          const before = held.get(key)?.severity ?? 'info';
          held.set(key, { severity: graver(before, gravestOf(signals)), kept: keptOf(signals.at(-1) ?? signals[0]) });
        }
      }
    },
    forget: () => held.clear(),
  };
}

function keptOf({ payload, title, severity, source, receivedAt }: NewSignal): Kept | null {
  return payload.length > LONGEST_REPEAT ? null : { payload, title, severity, source, receivedAt };
}

function isRepeat(signal: NewSignal, kept: Kept): boolean {
  return (
    signal.payload === kept.payload &&
    signal.title === kept.title &&
    signal.severity === kept.severity &&
    signal.source === kept.source &&
    signal.receivedAt.getTime() - kept.receivedAt.getTime() < KEEP_EVERY_MS
  );
}
