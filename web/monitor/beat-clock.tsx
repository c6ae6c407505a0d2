import { clsx } from 'clsx';
import type { BeatClock } from '#monitor/contract';
import { useNow } from '../ui/clock.ts';
import { formatExact, formatRunning, formatUtc } from '../ui/format.ts';

interface Words {
  text: string;
  tone: 'calm' | 'late' | 'missed';
  at: string;
}

/** What a heartbeat waits for, in words: `expected in 3 m`, `late by 2 m, grace ends in 13 m`, `missed 2 h ago`. */
export function beatWords(clock: BeatClock, now: Date): Words | null {
  const { expectedAt, dueAt, runningSince } = clock;
  const until = (instant: string) => (new Date(instant).getTime() - now.getTime()) / 1000;
  if (runningSince !== null && dueAt !== null)
    return { text: `running, to end within ${formatRunning(until(dueAt))}`, tone: 'calm', at: dueAt };
  if (expectedAt === null) return null;
  const left = until(expectedAt);
  if (left >= 0) return { text: `expected in ${formatRunning(left)}`, tone: 'calm', at: expectedAt };
  if (dueAt === null) return { text: `was expected ${formatRunning(-left)} ago`, tone: 'missed', at: expectedAt };
  return {
    text: `late by ${formatRunning(-left)}, grace ends in ${formatRunning(until(dueAt))}`,
    tone: 'late',
    at: dueAt,
  };
}

/** Ticks; nothing while the heartbeat is not armed. */
export function BeatCountdown({ clock, className }: { clock: BeatClock; className?: string }) {
  const words = beatWords(clock, useNow());
  if (words === null) return null;
  const at = new Date(words.at);
  return (
    <time
      dateTime={at.toISOString()}
      title={`${formatExact(at)} · ${formatUtc(at)}`}
      className={clsx(
        words.tone === 'missed' ? 'text-bad-text' : words.tone === 'late' ? 'text-warn-text' : 'text-muted',
        className,
      )}
    >
      {words.text}
    </time>
  );
}
