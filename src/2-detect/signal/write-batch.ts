import { type Database, isDeadlock } from '#platform/database.ts';
import { type HeldKeys, NONE_HELD } from './held-keys.ts';
import { inRounds, type NewSignal, type SignalGroup } from './signal.ts';
import { isNotHeld, type Written, writeFiring, writeResolved } from './store.ts';

/** What became of a batch: the alert of each signal, and in which workspaces one was opened, raised or closed. */
export type WrittenBatch = {
  /** Null for a `resolved` that no open alert waits for. */
  readonly alertIds: ReadonlyMap<NewSignal, string | null>;
  /** Signals that opened their alert. */
  readonly opened: ReadonlySet<NewSignal>;
  readonly news: ReadonlySet<string>;
};

/** Two batches of the same alerts may wait for each other's rows: one of them is written, and the other is written again. */
const MOST_TRIES = 5;

/** Writes signals in the order of each key, all or nothing; opens a transaction only when one is needed. */
export async function writeBatchAlone(
  database: Database,
  signals: readonly NewSignal[],
  held = NONE_HELD,
): Promise<WrittenBatch> {
  const rounds = inRounds(signals);
  let using = held;
  for (let tries = 1; ; tries++) {
    try {
      return await writeAlone(database, rounds, using);
    } catch (error) {
      const again = isNotHeld(error) ? using !== NONE_HELD : isDeadlock(error) && tries < MOST_TRIES;
      if (!again) throw error;
      if (!isNotHeld(error)) continue;
      held.forget();
      // Another batch may remember the same key again before this one is written: it comes with everything, whatever is held.
      using = NONE_HELD;
    }
  }
}

async function writeAlone(database: Database, rounds: readonly SignalGroup[][], held: HeldKeys): Promise<WrittenBatch> {
  const [only] = rounds;
  // Almost always there is one statement, which is a transaction by itself.
  const single = rounds.length === 1 && only?.every(({ status }) => status === 'firing') === true;
  const written = single
    ? await writeRounds(database, rounds, held)
    : await database.transaction().execute((transaction) => writeRounds(transaction, rounds, held));
  for (const round of rounds) held.note(round);
  return written;
}

/** The same inside a transaction of the caller. */
export async function writeBatch(transaction: Database, signals: readonly NewSignal[]): Promise<WrittenBatch> {
  return await writeRounds(transaction, inRounds(signals), NONE_HELD);
}

async function writeRounds(
  database: Database,
  rounds: readonly SignalGroup[][],
  held: HeldKeys,
): Promise<WrittenBatch> {
  const alertIds = new Map<NewSignal, string | null>();
  const opened = new Set<NewSignal>();
  const news = new Set<string>();
  for (const round of rounds) {
    for (const { group, written } of await writeRound(database, round, held)) {
      for (const signal of group.signals) alertIds.set(signal, written.alertId);
      if (written.opened) opened.add(group.signals[0]);
      if (written.announce !== null) news.add(group.signals[0].workspaceId);
    }
  }
  return { alertIds, opened, news };
}

type WrittenGroup = { readonly group: SignalGroup; readonly written: Written };

async function writeRound(database: Database, round: readonly SignalGroup[], held: HeldKeys): Promise<WrittenGroup[]> {
  const firing = round.filter(({ status }) => status === 'firing');
  const resolved = round.filter(({ status }) => status === 'resolved');
  const written = [
    ...(await writeFiring(database, firing, held)),
    ...(await writeResolved(database, resolved, 'resolved')),
  ];
  return [...firing, ...resolved].map((group, i) => ({
    group,
    written: written[i] ?? { alertId: null, announce: null, opened: false },
  }));
}
