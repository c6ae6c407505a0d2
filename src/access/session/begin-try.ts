import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { newId } from '#platform/ids.ts';
import { digest } from '#platform/secrets.ts';
import { deleteTries, deleteTry, insertTry, type TryLimit } from './try-store.ts';

export type Try = {
  /** It was no failed try after all. */
  readonly takeBack: () => Promise<void>;
  /** It was none, and what failed before for these keys no longer counts. */
  readonly succeed: (keys: readonly string[]) => Promise<void>;
};

/**
 * Slows down guessing: only failures stay counted, so that a team behind one address can sign in during an incident. A try
 * is counted before its outcome is known, so that many at once do not all pass, and in the database, so that all processes
 * count together. Throws `limit` with `refusal` and the time to wait when there were too many.
 */
export async function beginTry(system: System, limits: readonly TryLimit[], refusal: string): Promise<Try> {
  const now = system.clock.now();
  const id = newId('try', now.getTime());
  const kept = limits.map((limit) => ({ ...limit, key: digest(limit.key) }));
  const seconds = await insertTry(system.database, { id, triedAt: now }, kept);
  if (seconds > 0) {
    throw new AppError('limit', `${refusal} Try again in ${Math.ceil(seconds / 60)} min.`, {
      retryAfterSeconds: seconds,
    });
  }
  return {
    takeBack: () => deleteTry(system.database, id),
    async succeed(keys) {
      await deleteTry(system.database, id);
      await deleteTries(system.database, keys.map(digest));
    },
  };
}
