import type { Clock } from '#platform/clock.ts';

export type FakeClock = Clock & {
  readonly set: (instant: Date | string) => void;
  readonly advance: (seconds: number) => void;
};

/** Starts on a Wednesday at 10:00 UTC, inside everybody's business hours, unless told otherwise. */
export function createFakeClock(start = '2026-11-25T10:00:00Z'): FakeClock {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs),
    set: (instant) => void (nowMs = new Date(instant).getTime()),
    advance: (seconds) => void (nowMs += seconds * 1_000),
  };
}
