import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const API_KEY = 'bench_key_bench_key_bench_key_bench_key';

export type Instance = {
  readonly url: string;
  /** Calls the API as the owner and insists on success. */
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly end: () => Promise<void>;
};

/** A whole instance in a process of its own. */
export async function startInstance(): Promise<Instance> {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'server-bed.ts'), API_KEY], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { value: line } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (typeof line !== 'string') throw new Error('the instance did not start');
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    async ask<Answer>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    async end() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

/** Median, 99th percentile and the most of some milliseconds. */
export function percentiles(samples: readonly number[]) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1));
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
