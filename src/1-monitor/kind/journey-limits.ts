/** Limits of a journey; times in milliseconds, sizes in bytes. */
export const JOURNEY_LIMITS = {
  scriptLength: 50_000,
  secrets: 20,
  secretLength: 2_048,
  timeoutSeconds: 30,
  /** How long one may wait for its turn; that is no time of the page's. */
  waitMs: 60_000,
  /** What it may take around its own time: its turn, the browser's start and end. */
  aroundMs: 110_000,
} as const;
