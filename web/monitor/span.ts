import type { SpanQuery, TimeWindow } from '#monitor/contract';

export const spanWindows: readonly { value: TimeWindow; label: string; seconds: number }[] = [
  { value: '1h', label: '1 h', seconds: 3_600 },
  { value: '24h', label: '24 h', seconds: 86_400 },
  { value: '7d', label: '7 d', seconds: 604_800 },
  { value: '30d', label: '30 d', seconds: 2_592_000 },
  { value: '90d', label: '90 d', seconds: 7_776_000 },
];
/** Finer steps than these there are none. */
const SHORTEST_MS = 60_000;

/** What the address of a screen says of the stretch of time that it shows. */
export type SpanSearch = { window?: TimeWindow; from?: string; to?: string };

/** What makes sense of it; anything else is nothing. */
export function spanSearch({ window, from, to }: Record<string, unknown>): SpanSearch {
  const named = spanWindows.find(({ value }) => value === window)?.value;
  if (named !== undefined) return { window: named };
  if (typeof from !== 'string' || typeof to !== 'string' || !(Date.parse(from) < Date.parse(to))) return {};
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The stretch that is shown: in seconds since the epoch, and as the API is asked for it. */
export type Span = { window: TimeWindow | null; from: number; to: number; query: SpanQuery };

/** `usual`: the window of an address that says nothing. A window begins no sooner than the monitor did. */
export function spanOf({ window, from, to }: SpanSearch, now: Date, usual: TimeWindow, begun: Date): Span {
  if (from !== undefined && to !== undefined)
    return { window: null, from: Date.parse(from) / 1_000, to: Date.parse(to) / 1_000, query: { from, to } };
  const named = window ?? usual;
  const seconds = spanWindows.find(({ value }) => value === named)?.seconds ?? 3_600;
  // To the half minute, so that nothing is drawn again with each render.
  const end = Math.ceil(now.getTime() / 30_000) * 30;
  const first = Math.min(Math.floor(begun.getTime() / 1_000), end - 30);
  return { window: named, from: Math.max(end - seconds, first), to: end, query: { window: named } };
}

/** A part of what is shown, never shorter than what can be told apart, nor beyond now. Takes seconds since the epoch. */
export function zoomTo(from: number, to: number, now: Date): SpanSearch {
  const endMs = Math.min(now.getTime(), Math.max(Math.ceil(to) * 1_000, Math.floor(from) * 1_000 + SHORTEST_MS));
  const startMs = Math.min(Math.floor(from) * 1_000, endMs - SHORTEST_MS);
  return { from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString() };
}

/** Three times as long, around the same middle. */
export function zoomOut({ from, to }: Pick<Span, 'from' | 'to'>, now: Date): SpanSearch {
  return zoomTo(from - (to - from), to + (to - from), now);
}
