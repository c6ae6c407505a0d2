import type { Interval } from '#kernel/interval.ts';
import type { ForeignEntry } from './parse-calendar.ts';

export type Known = { readonly id: string; readonly name: string; readonly email: string; readonly active: boolean };

export type PlannedEntry = ForeignEntry & {
  /** Who it is about; null = nobody whom we know. */
  readonly userId: string | null;
};

/** A stretch in which the same people are on call by the calendar, in the order in which it names them. */
export type PlannedStretch = Interval & { readonly userIds: readonly string[] };

/**
 * Whom an entry is about: who was said to be meant by its title; else who has one of its addresses; else whose address or
 * full name stands in the title, the longest name first.
 */
export function personOf(
  { summary, emails }: ForeignEntry,
  people: readonly Known[],
  said: ReadonlyMap<string, string>,
): string | null {
  const here = people.filter(({ active }) => active);
  const named = said.get(summary);
  if (named !== undefined && here.some(({ id }) => id === named)) return named;
  const text = ` ${summary.toLowerCase().replaceAll(/[^\p{L}\p{N}@.+_'-]+/gu, ' ')} `;
  const words = (name: string) =>
    ` ${name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}@.+_'-]+/gu, ' ')
      .trim()} `;
  return (
    here.find(({ email }) => emails.includes(email.toLowerCase()))?.id ??
    here.find(({ email }) => text.includes(words(email)))?.id ??
    here
      .toSorted((one, other) => other.name.length - one.name.length)
      .find(({ name }) => words(name).trim() !== '' && text.includes(words(name)))?.id ??
    null
  );
}

/** Cuts entries into stretches that do not overlap; entries about nobody are left out, and the past is cut off. */
export function stretchesOf(entries: readonly PlannedEntry[], nowMs: number): PlannedStretch[] {
  const known = entries.flatMap(({ userId, startMs, endMs }) =>
    userId === null || endMs <= nowMs ? [] : [{ userId, startMs: Math.max(startMs, nowMs), endMs }],
  );
  const cuts = [...new Set(known.flatMap(({ startMs, endMs }) => [startMs, endMs]))].toSorted((a, b) => a - b);
  const stretches: { startMs: number; endMs: number; userIds: readonly string[] }[] = [];
  for (const [index, startMs] of cuts.slice(0, -1).entries()) {
    const endMs = cuts[index + 1] ?? startMs;
    const here = known.filter((entry) => entry.startMs <= startMs && entry.endMs >= endMs);
    const userIds = [...new Set(here.map(({ userId }) => userId))];
    const last = stretches.at(-1);
    if (userIds.length === 0) continue;
    if (last && last.endMs === startMs && last.userIds.join() === userIds.join()) last.endMs = endMs;
    else stretches.push({ startMs, endMs, userIds });
  }
  return stretches;
}
