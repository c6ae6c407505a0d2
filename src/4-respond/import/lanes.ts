import { DAY_MS } from '#kernel/duration.ts';
import { type Interval, mergeIntervals } from '#kernel/interval.ts';
import { openTimes } from '../schedule/restriction.ts';
import { layerShifts } from '../schedule/shifts.ts';
import { beginningOf } from '../schedule/turns.ts';
import type { LayerDraft } from './draft.ts';

/** A layer with what the other tool calls it. */
export type NamedLayer = { readonly id: string; readonly layer: LayerDraft };

/** How far ahead two layers are looked through for a moment at which both have somebody. */
const LOOK_AHEAD_DAYS = 70;

/** Puts each layer into the first lane in which it meets nobody, so that in no lane one takes the place of another. */
export function lanesOf<Named extends NamedLayer>(layers: readonly Named[], zone: string, nowMs: number): Named[][] {
  const window = { startMs: nowMs, endMs: nowMs + LOOK_AHEAD_DAYS * DAY_MS };
  const lanes: { layers: Named[]; taken: Interval[] }[] = [];
  for (const named of layers) {
    const own = coverOf(named.layer, zone, window);
    const lane = lanes.find(({ taken }) => !meet(own, taken));
    if (!lane) lanes.push({ layers: [named], taken: own });
    else {
      lane.layers.push(named);
      lane.taken = mergeIntervals([...lane.taken, ...own]);
    }
  }
  return lanes.map((lane) => lane.layers);
}

/** Whether two lists of disjoint spans in order have an instant in common. */
function meet(one: readonly Interval[], other: readonly Interval[]): boolean {
  let next = 0;
  return one.some(({ startMs, endMs }) => {
    while ((other[next]?.endMs ?? Infinity) <= startMs) next++;
    return (other[next]?.startMs ?? Infinity) < endMs;
  });
}

/** When a layer has somebody. */
export function coverOf(layer: LayerDraft, zone: string, window: Interval): Interval[] {
  const { fromMs, untilMs } = layer;
  const holds = { startMs: Math.max(window.startMs, fromMs ?? 0), endMs: Math.min(window.endMs, untilMs ?? Infinity) };
  if (holds.endMs <= holds.startMs) return [];
  // Where no turn is open the turns need not be told apart: an hourly layer has some 1,700 of them.
  if (layer.turns.every(({ userIds }) => userIds.length > 0)) {
    const from = Math.max(holds.startMs, beginningOf(layer, zone));
    return from < holds.endMs ? openTimes(layer.restrictions, zone, { ...holds, startMs: from }) : [];
  }
  return mergeIntervals(layerShifts(layer, 0, zone, holds).filter(({ userIds }) => userIds.length > 0));
}
