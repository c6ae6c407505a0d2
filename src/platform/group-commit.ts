import { AppError } from '#kernel/errors.ts';
import { isStalePlan } from './prepared-client.ts';

/** Writes many requests in one transaction; each waits for the commit and gets its own answer. */
export type GroupCommit<Item, Answer> = {
  /**
   * Resolves after the commit that holds the item. Rejects with `unavailable` (and when to come back) above the queue
   * limit or while the database is away, with `limit` when the item's sharer holds its part of the queue already, and
   * with the item's own error when the item alone cannot be written.
   */
  readonly submit: (item: Item, sharer?: string) => Promise<Answer>;
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

type Waiter<Item, Answer> = {
  item: Item;
  sharer: string | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/** Who was just answered together with several others is likely to send again: the next batch waits so long for them. */
const GATHER_MS = 1;
const SEVERAL = 8;

/**
 * A batch leaves as soon as the commit before it has returned: alone, a request waits for nobody; under load, batches
 * grow by themselves, and each item costs less. A batch that fails because of its content is split in half until the faulty item stands alone.
 *
 * Whoever shares the queue with others and says so (`sharer`) may hold no more places than are free: alone one half of
 * them, beside a greedy other a quarter, and there is always one left for the next who comes. Where more wait than a
 * batch takes, every sharer has a part of it.
 */
export function createGroupCommit<Item, Answer>(options: GroupCommitOptions<Item, Answer>): GroupCommit<Item, Answer> {
  const { commit, maxBatch = 1_000, maxWaiting = 20_000, concurrency = 1, retryAfterSeconds = 1 } = options;
  let queue: Waiter<Item, Answer>[] = [];
  let running = 0;
  let inFlight = 0;
  let scheduled = false;
  let closed = false;
  const heldBy = new Map<string, number>();
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

  function overShare(held: number) {
    const message = `${held} requests of this sender are waiting, which is its part of all places.`;
    return new AppError('limit', `${message} Send it again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
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
      const { batch, rest } = queue.length <= maxBatch ? { batch: queue, rest: [] } : shareOut(queue, maxBatch);
      queue = rest;
      running += 1;
      inFlight += batch.length;
      void write(batch).finally(() => {
        running -= 1;
        inFlight -= batch.length;
        for (const { sharer } of batch) leave(sharer);
        schedule(batch.length >= SEVERAL);
        if (running === 0 && queue.length === 0) for (const done of idle.splice(0)) done();
      });
    }
  }

  function leave(sharer: string | undefined) {
    if (sharer === undefined) return;
    const held = heldBy.get(sharer) ?? 0;
    if (held <= 1) heldBy.delete(sharer);
    else heldBy.set(sharer, held - 1);
  }

  return {
    submit(item, sharer) {
      if (closed) return Promise.reject(unavailable('The server is stopping.'));
      const free = maxWaiting - queue.length - inFlight;
      if (free <= 0) return Promise.reject(unavailable('Too many requests are waiting.'));
      if (sharer !== undefined) {
        const held = heldBy.get(sharer) ?? 0;
        if (held >= free) return Promise.reject(overShare(held));
        heldBy.set(sharer, held + 1);
      }
      return new Promise<Answer>((resolve, reject) => {
        queue.push({ item, sharer, resolve, reject });
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

/**
 * The next batch of a queue that is longer: each sharer has the same part of it, the earliest first, and what one does
 * not need goes to the others. Each sharer's order stays.
 */
function shareOut<Item extends { readonly sharer: string | undefined }>(
  queue: readonly Item[],
  maxBatch: number,
): { readonly batch: Item[]; readonly rest: Item[] } {
  const waiting = new Map<string | undefined, number>();
  for (const { sharer } of queue) waiting.set(sharer, (waiting.get(sharer) ?? 0) + 1);
  const parts = new Map<string | undefined, number>();
  let left = maxBatch;
  let sharers = waiting.size;
  for (const [sharer, count] of [...waiting].toSorted(([, a], [, b]) => a - b)) {
    const part = Math.min(count, Math.ceil(left / sharers));
    parts.set(sharer, part);
    left -= part;
    sharers -= 1;
  }
  const batch: Item[] = [];
  const rest: Item[] = [];
  for (const item of queue) {
    const part = parts.get(item.sharer) ?? 0;
    parts.set(item.sharer, part - 1);
    (part > 0 ? batch : rest).push(item);
  }
  return { batch, rest };
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
