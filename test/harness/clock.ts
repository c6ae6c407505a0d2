import type { Clock } from '#platform/clock.ts';

export type FakeClock = Clock & {
  readonly set: (instant: Date | string) => void;
  readonly advance: (seconds: number) => void;
};

/** A Wednesday, inside everybody's business hours. */
export const USUAL_START = '2026-11-25T10:00:00Z';

/** Starts at the usual time unless told otherwise. */
export function createFakeClock(start = USUAL_START): FakeClock {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs),
    set: (instant) => void (nowMs = new Date(instant).getTime()),
    advance: (seconds) => void (nowMs += seconds * 1_000),
  };
}
