import { Worker } from 'node:worker_threads';
import { AppError } from '#kernel/errors.ts';
import type { ReadScript } from './read-script.ts';

const ENTRY = new URL('./script-reader.ts', import.meta.url);
const LIMIT_MS = 3_000;
/** A busy machine may take its time with the thread; that is not the script's. */
const START_MS = 30_000;
const LIMITS = { maxOldGenerationSizeMb: 128, stackSizeMb: 4 };
const TOO_LONG = 'it cannot be read in three seconds: take it apart, with less nesting';
const NOT_THERE = 'it cannot be read now: this machine is too busy; try again';

interface Reader {
  readonly worker: Worker;
  readonly ready: Promise<unknown>;
  /** Whom the next answer is for. */
  hear: (answer: ReadScript) => void;
}

let reader: Reader | null = null;
let last: Promise<unknown> = Promise.resolve();
/** Those that wait hold a transaction each: the others are asked to come back, and leave the database to the rest. */
const MOST_WAITING = 4;
let unread = 0;

/**
 * Reads a script in a thread of its own, one after another, for at most three seconds each. A few lines of TypeScript are
 * enough to keep its parser busy for hours, and deep nesting leaves the parser unusable; here neither holds anybody up. Rejects
 * with `limit` while too many others wait, and never else.
 */
export async function readScriptApart(text: string): Promise<ReadScript> {
  if (unread > MOST_WAITING)
    throw new AppError('limit', 'Other scripts are being read. Try again in a moment.', { retryAfterSeconds: 5 });
  unread += 1;
  const read = last.then(() => readNext(text)).finally(() => (unread -= 1));
  last = read;
  return read;
}

function readNext(text: string): Promise<ReadScript> {
  const current = (reader ??= start());
  return new Promise((resolve) => {
    let timer = setTimeout(() => current.hear({ ok: false, fault: NOT_THERE }), START_MS);
    current.hear = (answer) => {
      clearTimeout(timer);
      current.hear = () => undefined;
      // What could not be read may have broken the parser for those that follow.
      if (!answer.ok) {
        reader = null;
        void current.worker.terminate();
      }
      resolve(answer);
    };
    void current.ready.then(() => {
      clearTimeout(timer);
      timer = setTimeout(() => current.hear({ ok: false, fault: TOO_LONG }), LIMIT_MS);
      current.worker.postMessage(text, []);
    });
  });
}

function start(): Reader {
  const worker = new Worker(ENTRY, { resourceLimits: LIMITS, env: {}, execArgv: ['--no-warnings'] });
  const ready = Promise.withResolvers<void>();
  const started: Reader = { worker, ready: ready.promise, hear: () => undefined };
  const fail = (why: string): void => {
    if (reader === started) reader = null;
    started.hear({ ok: false, fault: `it cannot be read: ${why}` });
  };
  worker.on('message', (answer: ReadScript | 'ready') => {
    if (answer === 'ready') ready.resolve();
    else started.hear(answer);
  });
  worker.on('error', (error) => fail(String(error).slice(0, 200)));
  worker.on('exit', () => fail('its reader ended'));
  // It waits for the next script, and nothing waits for it.
  worker.unref();
  return started;
}
