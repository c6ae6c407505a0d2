import type { Day, Stretch } from './span.ts';

/** Where a bar stands, as shares of the width; `cut` says at which ends it goes on outside. */
export type Place = {
  readonly left: number;
  readonly width: number;
  readonly cutStart: boolean;
  readonly cutEnd: boolean;
};

/** The part of a stretch that lies in a span; null when none does. */
export function clip<Kind extends Stretch>(stretch: Kind, span: Stretch): Kind | null {
  const startMs = Math.max(stretch.startMs, span.startMs);
  const endMs = Math.min(stretch.endMs, span.endMs);
  return endMs > startMs ? { ...stretch, startMs, endMs } : null;
}

/** How far into a span an instant lies: 0 at its start, 1 at its end. */
export function shareOf(instantMs: number, { startMs, endMs }: Stretch): number {
  return (instantMs - startMs) / (endMs - startMs);
}

export function placeOf(stretch: Stretch, span: Stretch): Place | null {
  const shown = clip(stretch, span);
  if (shown === null) return null;
  const left = shareOf(shown.startMs, span);
  return {
    left,
    width: shareOf(shown.endMs, span) - left,
    cutStart: shown.startMs > stretch.startMs,
    cutEnd: shown.endMs < stretch.endMs,
  };
}

/** The lane of each of some stretches, from 0, so that those of a lane never overlap; the order of the list is kept where it can be. */
export function lanesOf(stretches: readonly Stretch[]): number[] {
  const ends: number[] = [];
  const order = stretches.map((_, index) => index).toSorted((a, b) => startOf(stretches, a) - startOf(stretches, b));
  const lanes = stretches.map(() => 0);
  for (const index of order) {
    const { startMs, endMs } = stretches[index] ?? { startMs: 0, endMs: 0 };
    const free = ends.findIndex((end) => end <= startMs);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = endMs;
    lanes[index] = lane;
  }
  return lanes;
}

const startOf = (stretches: readonly Stretch[], index: number) => stretches[index]?.startMs ?? 0;

/** Neighbours that touch and are the same to the eye, as one. */
export function joined<Kind extends Stretch>(stretches: readonly Kind[], same: (one: Kind, next: Kind) => boolean) {
  const out: Kind[] = [];
  for (const next of stretches) {
    const last = out.at(-1);
    if (last !== undefined && last.endMs === next.startMs && same(last, next))
      out[out.length - 1] = { ...last, endMs: next.endMs };
    else out.push(next);
  }
  return out;
}

/** Several stretches of one day that are too narrow to be told apart. */
export type Bundle<Kind extends Stretch> = Stretch & { readonly parts: readonly Kind[] };

const FEWEST = 3;

/**
 * Puts runs of three and more stretches that are each narrower than `narrowMs` together, day by day, so that hundreds of
 * short shifts stay a few things to look at and to reach. Everything else stays what it is.
 */
export function bundled<Kind extends Stretch>(
  stretches: readonly Kind[],
  days: readonly Day[],
  narrowMs: number,
): (Kind | Bundle<Kind>)[] {
  const out: (Kind | Bundle<Kind>)[] = [];
  let run: Kind[] = [];
  let dayEndMs = 0;
  const close = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first !== undefined && last !== undefined && run.length >= FEWEST)
      out.push({ startMs: first.startMs, endMs: last.endMs, parts: run });
    else out.push(...run);
    run = [];
  };
  for (const stretch of stretches) {
    const narrow = stretch.endMs - stretch.startMs < narrowMs;
    if (!narrow || stretch.startMs >= dayEndMs || run.at(-1)?.endMs !== stretch.startMs) close();
    if (!narrow) {
      out.push(stretch);
      continue;
    }
    if (run.length === 0) dayEndMs = days.find(({ endMs }) => endMs > stretch.startMs)?.endMs ?? Infinity;
    run.push(stretch);
  }
  close();
  return out;
}

export function isBundle<Kind extends Stretch>(item: Kind | Bundle<Kind>): item is Bundle<Kind> {
  return 'parts' in item;
}
