import type { Deadline } from './deadline-sweep.ts';

/** So many at once; the others wait their turn, or until their deadline. Whoever they are of has one turn after the other. */
export class Slots {
  #free: number;
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Whether a slot came before the deadline; then `release` it. `of`: who shares the turns, as a workspace. */
  take(deadline: Deadline, of = ''): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      if (deadline.passed) return resolve(false);
      const begin = (): void => {
        deadline.onPass = null;
        resolve(true);
      };
      this.#waiting.set(of, (this.#waiting.get(of) ?? new Set()).add(begin));
      deadline.onPass = () => {
        this.#forget(of, begin);
        resolve(false);
      };
    });
  }

  release(): void {
    const [turn] = this.#waiting;
    const [begin] = turn?.[1] ?? [];
    if (turn === undefined || begin === undefined) {
      this.#free += 1;
      return;
    }
    const [of, others] = turn;
    this.#waiting.delete(of);
    this.#waiting.set(of, others);
    this.#forget(of, begin);
    begin();
  }

  #forget(of: string, begin: () => void): void {
    const waiting = this.#waiting.get(of);
    waiting?.delete(begin);
    if (waiting?.size === 0) this.#waiting.delete(of);
  }
}
