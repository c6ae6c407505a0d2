import type { ReceivedOutcome } from './contract.ts';

/** What became of one claim of a message. */
export type Became = Exclude<ReceivedOutcome, 'refused'>;

/** The most telling first: one outcome stands for a message about several alerts. */
const ORDER: readonly Became[] = ['opened', 'resolved', 'acknowledged', 'joined', 'noted', 'unmatched', 'ignored'];

const SAID: Readonly<Record<Became, (count: number) => string>> = {
  opened: (count) => `${alerts(count)} opened`,
  resolved: (count) => `${alerts(count)} resolved`,
  acknowledged: (count) => `${alerts(count)} acknowledged`,
  joined: (count) => `${alerts(count)} that was open already counted it`.replace(/s that was/, 's that were'),
  noted: () => 'written down',
  unmatched: (count) => (count === 1 ? 'no open alert has this key' : `${count} keys that no open alert has`),
  ignored: () => 'nothing to do',
};

/** What became of a signal, by what its write answered. */
export function becameOf(status: 'firing' | 'resolved', alertId: string | null, opened: boolean): Became {
  if (alertId === null) return 'unmatched';
  if (status === 'resolved') return 'resolved';
  return opened ? 'opened' : 'joined';
}

/** The outcome that a message with these parts is listed under. */
export function outcomeOf(all: readonly Became[]): Became {
  return ORDER.find((one) => all.includes(one)) ?? 'ignored';
}

/** "2 alerts opened, 1 alert resolved." */
export function sentenceOf(all: readonly Became[]): string {
  const parts = ORDER.flatMap((one) => {
    const count = all.filter((became) => became === one).length;
    return count === 0 ? [] : [SAID[one](count)];
  });
  const sentence = (parts.length === 0 ? ['nothing to do'] : parts).join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function alerts(count: number): string {
  return count === 1 ? '1 alert' : `${count} alerts`;
}
