import { clipIntervals } from '#kernel/interval.ts';
import type { StateStretch } from '../result/contract.ts';
import { lanesOf, type Stretch } from './uptime.ts';

/** A monitor that comes and goes all day must not fill a screen, or an answer. */
const MOST = 1_000;

/**
 * One stretch after another in [from, to), oldest first, as uptime counts them; time of which nothing is known is in none.
 * Of more than 1,000 the last ones, and `from` where they begin.
 */
export function timelineOf(stretches: readonly Stretch[], from: Date, to: Date): { from: Date; items: StateStretch[] } {
  const window = { startMs: from.getTime(), endMs: to.getTime() };
  const all = [...lanesOf(stretches, to.getTime())]
    .flatMap(([state, lane]) => clipIntervals(lane, window).map((interval) => ({ state, ...interval })))
    .toSorted((a, b) => a.startMs - b.startMs);
  const last = all.slice(-MOST);
  const [first] = last;
  return {
    from: first === undefined || last.length === all.length ? from : new Date(first.startMs),
    items: last.map(({ state, startMs, endMs }) => ({
      state,
      from: new Date(startMs).toISOString(),
      to: new Date(endMs).toISOString(),
    })),
  };
}
