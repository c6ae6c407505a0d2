import { AppError } from '#kernel/errors.ts';
import { isStalePlan } from './prepared-client.ts';

/** Writes many requests in one transaction; each waits for the commit and gets its own answer. */
export type GroupCommit<Item, Answer> = {
  /**
   * Resolves after the commit that holds the item. Rejects with `unavailable` (and when to come back) above the queue
   * limit or while the database is away, and with the item's own error when the item alone cannot be written.
   */
  readonly submit: (item: Item) => Promise<Answer>;
  /** Items accepted but not answered yet. */
  readonly waiting: () => number;
  /** Refuses new items and resolves when every accepted one is answered. */
  readonly close: () => Promise<void>;
};

export type GroupCommitOptions<Item, Answer> = {
  /**
   * Writes the items and commits; answers in the same order. It may be called again with a part of the items after it
   * threw, so it must roll back whatever it did.
   */
  readonly commit: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly maxBatch?: number;
  readonly maxWaiting?: number;
  /** Commits under way at once. Beside one that is under way, another starts only for a batch that is full. */
  readonly concurrency?: number;
  readonly retryAfterSeconds?: number;
};

type Waiter<Item, Answer> = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/** Who was just answered together with several others is likely to send again: the next batch waits so long for them. */
const GATHER_MS = 1;
const SEVERAL = 8;

/**
 * A batch leaves as soon as the commit before it has returned: alone, a request waits for nobody; under load, batches
 * grow by themselves, and each item costs less. A batch that fails because of its content is split in half until the faulty item stands alone.
 */
export function createGroupCommit<Item, Answer>(options: GroupCommitOptions<Item, Answer>): GroupCommit<Item, Answer> {
  const { commit, maxBatch = 1_000, maxWaiting = 20_000, concurrency = 1, retryAfterSeconds = 1 } = options;
  let queue: Waiter<Item, Answer>[] = [];
  let running = 0;
  let inFlight = 0;
  let scheduled = false;
  let closed = false;
  const idle: (() => void)[] = [];

  async function write(batch: readonly Waiter<Item, Answer>[]): Promise<void> {
    try {
      const answers = await commit(batch.map(({ item }) => item));
      if (answers.length !== batch.length) throw new Error(`expected ${batch.length} answers, got ${answers.length}`);
      batch.forEach((waiter, i) => waiter.resolve(answers[i] as Answer));
    } catch (error) {
      if (isTransient(error)) {
        const busy = unavailable('The database does not answer at the moment; nothing was written.', error);
        for (const waiter of batch) waiter.reject(busy);
      } else if (batch.length === 1) {
        batch[0]?.reject(error);
      } else {
        const middle = batch.length >> 1;
        await write(batch.slice(0, middle));
        await write(batch.slice(middle));
      }
    }
  }

  function unavailable(message: string, cause?: unknown) {
    return new AppError('unavailable', `${message} Send it again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
      cause,
    });
  }

  function mayStart(): boolean {
    if (queue.length === 0) return false;
    return running === 0 || (running < concurrency && queue.length >= maxBatch);
  }

  /** One turn of the event loop later, so that requests that arrived in the same read share a commit. */
  function schedule(gather = false) {
    if (scheduled || (!gather && !mayStart())) return;
    scheduled = true;
    if (gather) setTimeout(flush, GATHER_MS);
    else setImmediate(flush);
  }

  function flush() {
    scheduled = false;
    while (mayStart()) {
      const batch = queue.length <= maxBatch ? queue : queue.slice(0, maxBatch);
      queue = queue.length <= maxBatch ? [] : queue.slice(maxBatch);
      running += 1;
      inFlight += batch.length;
      void write(batch).finally(() => {
        running -= 1;
        inFlight -= batch.length;
        schedule(batch.length >= SEVERAL);
        if (running === 0 && queue.length === 0) for (const done of idle.splice(0)) done();
      });
    }
  }

  return {
    submit(item) {
      if (closed) return Promise.reject(unavailable('The server is stopping.'));
      if (queue.length + inFlight >= maxWaiting) return Promise.reject(unavailable('Too many requests are waiting.'));
      return new Promise<Answer>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        schedule();
      });
    },
    waiting: () => queue.length + inFlight,
    close() {
      closed = true;
      if (running === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => idle.push(resolve));
    },
  };
}

/** SQLSTATE classes that say nothing about the data: connection, resources, operator, system, deadlock. */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '57', '58', '25']);

/** Whether the same write may succeed a little later, unchanged. Errors without an SQLSTATE come from the connection. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'unavailable';
  if (isStalePlan(error)) return true;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return /connection|terminat|timeout/i.test(String(error));
  return /^[0-9A-Z]{5}$/.test(code) ? TRANSIENT_CLASSES.has(code.slice(0, 2)) : !code.startsWith('ERR_');
}
