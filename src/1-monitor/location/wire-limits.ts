import { CHECK_LIMITS } from '../check/limits.ts';

/** How much one message between a probe and its server may hold. */
export const WIRE_LIMITS = {
  resultsAtOnce: 500,
  bodyBytes: 8_388_608,
  fieldLength: 4_096,
  pictureLength: 450_000,
  traceLength: 2_900_000,
  /** Of pictures and traces in one message. */
  artefactsLength: 4_000_000,
  /** Of everything else in one message, and in one result. */
  wordsBytes: 4_000_000,
  resultBytes: 3_500_000,
  failures: CHECK_LIMITS.assertions + 1,
  headers: 100,
} as const;

/** The longest time that anything took, and the latest instant, in milliseconds. */
export const MOST_MS = 86_400_000;
export const LAST_MS = 253_402_300_799_000;
