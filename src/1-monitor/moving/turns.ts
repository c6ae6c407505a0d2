import { AppError } from '#kernel/errors.ts';

/** So many at once; a few more wait their turn, and the others are asked to come back. */
export class Turns {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#most) this.#running += 1;
    else {
      if (this.#waiting.length >= this.#mostWaiting)
        throw new AppError('limit', 'Other configurations are being converted. Send it again in 10 s.', {
          retryAfterSeconds: 10,
        });
      // Whoever ends hands its place over.
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
