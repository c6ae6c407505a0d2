import { DueHeap } from './due-heap.ts';
import { nextGridPointMs } from './grid.ts';

interface Entry {
  readonly monitorId: string;
  readonly intervalMs: number;
  readonly offsetMs: number;
  dueAtMs: number;
  /** Removed or replaced; left in the heap until it comes up. */
  cancelled: boolean;
}

/** `offsetMs`: see `CheckSpec`. */
export type Grid = { readonly intervalMs: number; readonly offsetMs?: number };

/** Never asleep longer: a clock that was set, or a machine that slept, is noticed within this time. */
const MAX_SLEEP_MS = 1_000;
const CLOCK_JUMP_MS = 2_000;
/** What is due within this time starts together: a wake-up per check costs as much as half a check. */
const TOGETHER_MS = 5;

/**
 * Calls `onDue` for each monitor on its grid (grid.ts; up to 5 ms early), by one heap and one timer. A due instant that was slept through
 * is not made up for: one call, then the next point of the grid. Starting a check takes no time here, so none waits
 * for another.
 */
export class Schedule {
  readonly #heap = new DueHeap<Entry>();
  readonly #entries = new Map<string, Entry>();
  readonly #onDue: (monitorId: string, dueAtMs: number) => void;
  #timer: NodeJS.Timeout | null = null;
  #wakeAtMs = Infinity;
  #clockOffsetMs = Date.now() - performance.now();

  constructor(onDue: (monitorId: string, dueAtMs: number) => void) {
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Replaces what was scheduled for this monitor. `firstAtMs`: off the grid, once; else the next grid point. */
  set(monitorId: string, { intervalMs, offsetMs = 0 }: Grid, firstAtMs?: number): void {
    this.remove(monitorId);
    const dueAtMs = firstAtMs ?? nextGridPointMs(monitorId, intervalMs, Date.now(), offsetMs);
    const entry: Entry = { monitorId, intervalMs, offsetMs, dueAtMs, cancelled: false };
    this.#entries.set(monitorId, entry);
    this.#heap.push(dueAtMs, entry);
    this.#arm();
  }

  remove(monitorId: string): void {
    const entry = this.#entries.get(monitorId);
    if (entry !== undefined) entry.cancelled = true;
    this.#entries.delete(monitorId);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#entries.clear();
    this.#heap.clear();
  }

  #arm(): void {
    const dueMs = this.#heap.peekKey();
    if (dueMs === null) return;
    const nowMs = Date.now();
    const wakeAtMs = Math.min(dueMs, nowMs + MAX_SLEEP_MS);
    if (this.#timer !== null && this.#wakeAtMs <= wakeAtMs) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#wakeAtMs = wakeAtMs;
    this.#timer = setTimeout(() => this.#wake(), Math.max(1, wakeAtMs - nowMs));
  }

  #wake(): void {
    this.#timer = null;
    const nowMs = Date.now();
    this.#noticeClock(nowMs);
    const upToMs = nowMs + TOGETHER_MS;
    for (let entry = this.#heap.popUpTo(upToMs); entry !== undefined; entry = this.#heap.popUpTo(upToMs)) {
      if (entry.cancelled) continue;
      const { dueAtMs } = entry;
      entry.dueAtMs = nextPointOf(entry, Math.max(dueAtMs, nowMs));
      this.#heap.push(entry.dueAtMs, entry);
      this.#onDue(entry.monitorId, dueAtMs);
    }
    this.#arm();
  }

  /** After the wall clock was set, the old due instants mean nothing: everybody takes the next grid point. */
  #noticeClock(nowMs: number): void {
    const offsetMs = nowMs - performance.now();
    const jumpMs = offsetMs - this.#clockOffsetMs;
    this.#clockOffsetMs = offsetMs;
    if (Math.abs(jumpMs) < CLOCK_JUMP_MS) return;
    this.#heap.clear();
    for (const entry of this.#entries.values()) {
      entry.dueAtMs = nextPointOf(entry, nowMs);
      this.#heap.push(entry.dueAtMs, entry);
    }
  }
}

function nextPointOf({ monitorId, intervalMs, offsetMs }: Entry, afterMs: number): number {
  return nextGridPointMs(monitorId, intervalMs, afterMs, offsetMs);
}
