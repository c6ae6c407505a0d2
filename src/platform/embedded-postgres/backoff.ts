const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** How long to wait before the n-th attempt (from 0) to start a server that keeps ending: at once, then doubling to 10 s. */
export function backoffMs(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
}
