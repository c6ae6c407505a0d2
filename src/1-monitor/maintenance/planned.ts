import { type Interval, mergeIntervals } from '#kernel/interval.ts';

type Window = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  readonly serviceIds: readonly string[];
  readonly monitorIds: readonly string[];
};

/** When something was in maintenance: disjoint, in order; what still runs has no end (`Infinity`). */
export type PlannedTimes = {
  /** Of the monitor itself or of its service. */
  readonly ofMonitor: (monitor: { readonly monitorId: string; readonly serviceId: string }) => readonly Interval[];
  readonly ofService: (serviceId: string) => readonly Interval[];
};

/**
 * The times in which windows really ran: from the beginning to the end, or to when somebody ended them; one that was called
 * off, or has not begun, has none. Overlapping windows are one time.
 */
export function plannedTimes(windows: readonly Window[], now: Date): PlannedTimes {
  const ofServices = new Map<string, Interval[]>();
  const ofMonitors = new Map<string, Interval[]>();
  const add = (map: Map<string, Interval[]>, id: string, ran: Interval) => map.set(id, [...(map.get(id) ?? []), ran]);
  for (const window of windows) {
    const end = window.endedAt ?? window.endsAt;
    const ran = { startMs: window.startsAt.getTime(), endMs: end > now ? Infinity : end.getTime() };
    if (window.startsAt > now || ran.endMs <= ran.startMs) continue;
    for (const id of window.serviceIds) add(ofServices, id, ran);
    for (const id of window.monitorIds) add(ofMonitors, id, ran);
  }
  return {
    ofMonitor: ({ monitorId, serviceId }) =>
      mergeIntervals([...(ofServices.get(serviceId) ?? []), ...(ofMonitors.get(monitorId) ?? [])]),
    ofService: (serviceId) => mergeIntervals(ofServices.get(serviceId) ?? []),
  };
}
