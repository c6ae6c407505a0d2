import type { Deadline } from './deadline-sweep.ts';

/** So many at once; the others wait their turn, or until their deadline. */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Whether a slot came before the deadline; then `release` it. */
  take(deadline: Deadline): Promise<boolean> {
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
      this.#waiting.add(begin);
      deadline.onPass = () => {
        this.#waiting.delete(begin);
        resolve(false);
      };
    });
  }

  release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
