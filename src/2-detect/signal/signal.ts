import { graver } from '../alert/alert.ts';
import type { AlertOrigin, SignalSeverity } from '../alert/contract.ts';

/** One message that something is wrong, or no longer, ready to be written. */
export type NewSignal = {
  readonly workspaceId: string;
  /** Keeps the keys of different senders apart. */
  readonly scope: string;
  readonly dedupKey: string;
  readonly status: 'firing' | 'resolved';
  readonly severity: SignalSeverity;
  readonly title: string;
  readonly origin: AlertOrigin;
  readonly alertSourceId: string | null;
  readonly alertSourceName: string | null;
  readonly monitorId: string | null;
  readonly serviceId: string | null;
  readonly drill: boolean;
  readonly source: string | null;
  /** JSON text. */
  readonly labels: string;
  readonly url: string | null;
  /** JSON text, or null. */
  readonly evidence: string | null;
  readonly payload: string;
  readonly beganAt: Date;
  readonly receivedAt: Date;
};

export type SignalGroup = {
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  readonly signals: [NewSignal, ...NewSignal[]];
};

/** What makes two signals the same alert, as one string. */
export function keyOf(signal: Pick<NewSignal, 'workspaceId' | 'scope' | 'dedupKey'>): string {
  return `${signal.workspaceId}\n${signal.scope}\n${signal.dedupKey}`;
}

/**
 * Cuts a batch into rounds that are written one after another: in a round each key appears once, with the consecutive
 * signals of one status. Almost always there is one round. Keys are in order, so that two writers never wait in a circle.
 */
export function inRounds(signals: readonly NewSignal[]): SignalGroup[][] {
  const rounds: Map<string, SignalGroup>[] = [];
  const depth = new Map<string, number>();
  for (const signal of signals) {
    const key = keyOf(signal);
    let round = depth.get(key) ?? 0;
    const group = rounds[round]?.get(key);
    if (group && group.status === signal.status) {
      group.signals.push(signal);
      continue;
    }
    if (group) round += 1;
    depth.set(key, round);
    const into = (rounds[round] ??= new Map());
    into.set(key, { key, status: signal.status, signals: [signal] });
  }
  return rounds.map((round) => [...round.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)));
}

/**
 * The signals of one message without what is over before it is said: of a key that changes its mind more than once, the
 * last two states in a row stand, so that it is written in two rounds at most, and both what opens and what ends are heard.
 */
export function lastChanges<Signal extends Pick<NewSignal, 'dedupKey' | 'status'>>(
  signals: readonly Signal[],
): Signal[] {
  const now = new Map<string, { status: string; changes: number }>();
  const changesBefore = signals.map(({ dedupKey, status }) => {
    const before = now.get(dedupKey);
    const changes = before === undefined ? 0 : before.changes + (before.status === status ? 0 : 1);
    now.set(dedupKey, { status, changes });
    return changes;
  });
  return signals.filter(({ dedupKey }, i) => (changesBefore[i] ?? 0) >= (now.get(dedupKey)?.changes ?? 0) - 1);
}

export function gravestOf(signals: SignalGroup['signals']): SignalSeverity {
  return signals.reduce((worst, { severity }) => graver(worst, severity), signals[0].severity);
}
