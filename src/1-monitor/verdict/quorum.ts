import { lostSight, type Verdict } from './verdict.ts';

/** What one place holds of a monitor. */
export type Sight = { readonly state: Verdict['state']; readonly sinceMs: number };

/** How many of `places` must agree when nobody says: more than half. */
export function usualQuorum(places: number): number {
  return Math.floor(places / 2) + 1;
}

/**
 * One verdict over what several places hold. Places that cannot tell have no voice.
 * - Worse needs `needed` of those with a voice (all of them when there are fewer).
 * - Better needs more than half of them to be at least that good, **and** no quorum for worse. So an even split changes
 *   nothing in either direction, and one place that comes and goes never makes the whole flap.
 * - The new state begins when the place that made the quorum full began to see it, never before the state it ends.
 * - With no voice left it is unknown; what was known is kept for the return.
 */
export function judgeTogether(held: Verdict, sights: readonly Sight[], needed: number): Verdict {
  const voices = sights.filter(({ state }) => state !== 'unknown');
  if (voices.length === 0) return lostSight(held, Math.max(held.sinceMs, ...sights.map(({ sinceMs }) => sinceMs)));
  const quorum = Math.max(1, Math.min(needed, voices.length));
  const found = conclude(held.known, voices, quorum);
  if (found.state === held.state) return held;
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
  quorum: number,
): { state: Known; sinceMs: number } {
  const majority = usualQuorum(voices.length);
  const down = sinceOf(voices, ['down'], quorum);
  if (down !== null) return { state: 'down', sinceMs: down };
  const impaired = sinceOf(voices, ['down', 'degraded'], quorum);
  const up = sinceOf(voices, ['up'], majority);
  const answered = sinceOf(voices, ['up', 'degraded'], majority);
  // The first word of any place counts at once, as the first answer of a single one does.
  const first = Math.min(...voices.map(({ sinceMs }) => sinceMs));
  switch (known) {
    case null:
      return impaired === null ? { state: 'up', sinceMs: first } : { state: 'degraded', sinceMs: impaired };
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
