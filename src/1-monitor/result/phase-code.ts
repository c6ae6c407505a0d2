/**
 * A phase in one smallint: 0…32767 are tenths of a millisecond (up to 3.2767 s), −1…−32767 are whole milliseconds (up
 * to 32.767 s, longer ones end there), −32768 says that the check did not get there.
 */
const NOT_REACHED = -32_768;
const MOST_TENTHS = 32_767;
const MOST_MS = 32_767;

export function encodePhase(ms: number | null): number {
  if (ms === null || Number.isNaN(ms)) return NOT_REACHED;
  const tenths = Math.round(Math.max(0, ms) * 10);
  return tenths <= MOST_TENTHS ? tenths : -Math.min(MOST_MS, Math.round(ms));
}

export function decodePhase(code: number): number | null {
  if (code === NOT_REACHED) return null;
  return code >= 0 ? code / 10 : -code;
}
