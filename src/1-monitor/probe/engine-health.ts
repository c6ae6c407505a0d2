/** What was seen of the check engine in one look. */
type Look = { readonly latenessP99Ms: number; readonly resultsDropped: number };

/** How the engine of a process does, over the looks at it. */
export type EngineHealth = {
  /** `late`: checks begin late; `losing`: results were given up; null while it is not known, as after a start. */
  readonly state: 'well' | 'late' | 'losing' | null;
  readonly lateLooks: number;
  readonly goodLooks: number;
  readonly resultsDropped: number;
};

export const UNKNOWN_HEALTH: EngineHealth = { state: null, lateLooks: 0, goodLooks: 0, resultsDropped: 0 };

/** Later than this at the 99th percentile is no jitter any more. */
const LATE_MS = 1_000;
/** A minute, at four looks a minute: one slow moment is nobody's business. */
const LATE_LOOKS = 4;
/** Two minutes. */
const GOOD_LOOKS = 8;

/** Trouble is what lasts a minute, and a lost result at once; it is over after two minutes without. */
export function judgeEngine(before: EngineHealth, { latenessP99Ms, resultsDropped }: Look): EngineHealth {
  // An engine that was started again counts from zero.
  const lost = resultsDropped > before.resultsDropped;
  const late = latenessP99Ms > LATE_MS;
  const lateLooks = late ? before.lateLooks + 1 : 0;
  const goodLooks = lost || late ? 0 : before.goodLooks + 1;
  const state = lost ? 'losing' : lateLooks >= LATE_LOOKS && before.state !== 'losing' ? 'late' : before.state;
  return { state: goodLooks >= GOOD_LOOKS ? 'well' : state, lateLooks, goodLooks, resultsDropped };
}
