import { lostSight, type Verdict } from './verdict.ts';

/** What one place holds of a monitor. */
export type Sight = Pick<Verdict, 'state' | 'sinceMs' | 'awaited'>;

/** How many of `places` must agree when nobody says: more than half. */
export function usualQuorum(places: number): number {
  return Math.floor(places / 2) + 1;
}

/**
 * One verdict over what several places hold. Places that cannot tell have no voice; those whose first word is awaited have
 * none yet, and are counted among those that could.
 * - Worse needs `needed` of those with a voice or awaited (all of them when there are fewer): the first place that speaks
 *   is not the only one.
 * - Better needs more than half of them to be at least that good, **and** no quorum for worse. So an even split changes
 *   nothing in either direction, and one place that comes and goes never makes the whole flap.
 * - The new state begins when the place that made the quorum full began to see it, never before the state it ends.
 * - With no voice left it is unknown; what was known is kept for the return.
 */
export function judgeTogether(held: Verdict, sights: readonly Sight[], needed: number): Verdict {
  const voices = sights.filter(({ state }) => state !== 'unknown');
  if (voices.length === 0) return lostSight(held, Math.max(held.sinceMs, ...sights.map(({ sinceMs }) => sinceMs)));
  const awaited = sights.filter((sight) => sight.state === 'unknown' && sight.awaited === true).length;
  const quorum = Math.max(1, Math.min(needed, voices.length + awaited));
  const found = conclude(held.known, voices, { quorum, awaited });
  if (found === null || found.state === held.state) return held;
  return {
    state: found.state,
    known: found.state,
    sinceMs: Math.max(found.sinceMs, held.sinceMs),
    runs: {},
    unknown: null,
  };
}

type Known = NonNullable<Verdict['known']>;

function conclude(
  known: Verdict['known'],
  voices: readonly Sight[],
  { quorum, awaited }: { readonly quorum: number; readonly awaited: number },
): { state: Known; sinceMs: number } | null {
  const majority = usualQuorum(voices.length + awaited);
  const down = sinceOf(voices, ['down'], quorum);
  if (down !== null) return { state: 'down', sinceMs: down };
  const impaired = sinceOf(voices, ['down', 'degraded'], quorum);
  const up = sinceOf(voices, ['up'], majority);
  const answered = sinceOf(voices, ['up', 'degraded'], majority);
  const first = Math.min(...voices.map(({ sinceMs }) => sinceMs));
  switch (known) {
    case null:
      if (impaired !== null) return { state: 'degraded', sinceMs: impaired };
      // The first answer of any place counts at once, as that of a single one does; a first fault waits for the others.
      return awaited === 0 || voices.some(({ state }) => state === 'up') ? { state: 'up', sinceMs: first } : null;
    case 'up':
      return impaired === null ? { state: 'up', sinceMs: first } : { state: 'degraded', sinceMs: impaired };
    case 'degraded':
      return up !== null && impaired === null ? { state: 'up', sinceMs: up } : { state: 'degraded', sinceMs: first };
    case 'down':
      if (up !== null && impaired === null) return { state: 'up', sinceMs: up };
      return answered === null ? { state: 'down', sinceMs: first } : { state: 'degraded', sinceMs: answered };
    default:
      return known satisfies never;
  }
}

/** When the `count`-th of the places that hold one of these states began to; null when there are fewer. */
function sinceOf(voices: readonly Sight[], states: readonly Known[], count: number): number | null {
  const since = voices
    .filter(({ state }) => state !== 'unknown' && states.includes(state))
    .map(({ sinceMs }) => sinceMs)
    .toSorted((a, b) => a - b);
  return since[count - 1] ?? null;
}
