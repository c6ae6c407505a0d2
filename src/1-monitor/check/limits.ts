/** Limits of a check. Times in milliseconds, sizes in bytes. Whoever accepts a monitor refuses what lies outside. */
export const CHECK_LIMITS = {
  intervalMs: { min: 1_000, max: 86_400_000 },
  timeoutMs: { min: 100, max: 60_000, default: 10_000 },
  maxRedirects: { max: 10, default: 5 },
  maxBodyBytes: { min: 1_024, max: 16_777_216, default: 2_097_152 },
  urlLength: 2_048,
  requestHeaders: 50,
  requestBodyBytes: 262_144,
  assertions: 20,
  statusRanges: 20,
  textLength: 2_048,
  patternLength: 512,
  /** How much of a body or header one pattern looks at, and how long it may think. */
  patternInputLength: 262_144,
  patternMs: 25,
  responseHeadBytes: 65_536,
  responseHeaders: 1_000,
  evidenceBodyBytes: 2_048,
  evidenceHeaders: 40,
  evidenceHeaderLength: 512,
  /** What is kept of a check that is made in steps: so many of them, and so much text of each. */
  stepRuns: 100,
  stepNameLength: 120,
  stepTextLength: 1_000,
  /** Of why a check failed. */
  errorTextLength: 2_000,
  stepValues: 20,
  stepValueLength: 256,
} as const;
