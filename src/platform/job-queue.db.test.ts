import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { createJobQueue, type JobQueue } from './job-queue.ts';
import { defineJob, work } from './jobs.ts';
import { silentLogger } from './log.ts';

type Note = { readonly name: string; readonly slowMs?: number; readonly failures?: number };

const plain = defineJob<Note>('test.plain', {
  retryLimit: 5,
  retryDelaySeconds: 1,
  retryDelayMaxSeconds: 2,
  concurrency: 4,
});
const unheard = defineJob<Note>('test.unheard', { notify: false });
const hopeless = defineJob<Note>('test.hopeless', { retryLimit: 0 });

let t: TestSystem;
let queue: JobQueue;
const ran: { name: string; attempt: number; lastAttempt: boolean; atMs: number }[] = [];
const of = (name: string) => ran.filter((run) => run.name === name);

const bindings = [plain, unheard, hopeless].map((job) =>
  work(job, async (_system, { name, slowMs, failures = 0 }, { attempt, lastAttempt }) => {
    if (slowMs !== undefined) await new Promise((resolve) => setTimeout(resolve, slowMs));
    ran.push({ name, attempt, lastAttempt, atMs: Date.now() });
    if (attempt <= failures) throw new Error('as told');
  }),
);

beforeAll(async () => {
  t = await createTestSystem();
  queue = createJobQueue(t.database.connection, silentLogger, { supervise: true, max: 4 });
  await queue.open(bindings);
  await queue.work(t.system, bindings);
});

afterAll(async () => {
  await queue.close();
  await t.close();
});

const send = (job: typeof plain, data: Note, at?: Date) =>
  queue.send(t.system.database, job, data, at === undefined ? {} : { at });

it('runs a job when its transaction commits, and never when it rolls back', async () => {
  await t.system.database.transaction().execute(async (transaction) => {
    await queue.send(transaction, plain, { name: 'committed' });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(of('committed')).toEqual([]);
  });
  const failing = t.system.database.transaction().execute(async (transaction) => {
    await queue.send(transaction, plain, { name: 'rolled back' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await waitFor('the job', () => of('committed').length === 1);
  expect(of('rolled back')).toEqual([]);
});

it('is told of a job at once, and finds one that nobody told of within a second', async () => {
  await send(plain, { name: 'told' });
  await waitFor('the told job', () => of('told').length === 1, 3_000);
  await send(unheard, { name: 'not told' });
  await waitFor('the job that was not told', () => of('not told').length === 1, 3_000);
});

it('runs a deferred job when it is due, not before and not half a minute later', async () => {
  const at = new Date(Date.now() + 1_500);
  await send(plain, { name: 'later' }, at);
  const [run] = await waitFor('the deferred job', () => (of('later').length > 0 ? of('later') : null), 8_000);
  expect((run?.atMs ?? 0) - at.getTime()).toBeGreaterThanOrEqual(-5);
  expect((run?.atMs ?? 0) - at.getTime()).toBeLessThan(3_000);
});

it('lets a slow job hold up no other', async () => {
  await send(plain, { name: 'slow', slowMs: 2_500 });
  await send(plain, { name: 'quick' });
  await waitFor('both', () => of('slow').length + of('quick').length === 2, 10_000);
  expect((of('quick')[0]?.atMs ?? 0) < (of('slow')[0]?.atMs ?? 0)).toBe(true);
});

it('works through more jobs than it has seats', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `many ${index}`);
  for (const name of names) await send(plain, { name, slowMs: 5 });
  await waitFor('all of them', () => names.every((name) => of(name).length === 1), 10_000);
});

it('tries again what failed, and says when it is the last time', async () => {
  await send(plain, { name: 'twice', failures: 1 });
  await waitFor('the second try', () => of('twice').length === 2, 15_000);
  expect(of('twice').map(({ attempt, lastAttempt }) => [attempt, lastAttempt])).toEqual([
    [1, false],
    [2, false],
  ]);
  await send(hopeless, { name: 'once', failures: 9 });
  await waitFor('the only try', () => of('once').length === 1);
  expect(of('once')).toMatchObject([{ lastAttempt: true }]);
});
