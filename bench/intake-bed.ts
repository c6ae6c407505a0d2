import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '#app/main.ts';
import { loadConfig } from '#platform/config.ts';
import { silentLogger } from '#platform/log.ts';

const ROUTES = 20;

/** A whole instance in a process of its own, without the dashboard, with a score of routes; says its address and the key of a source, and ends with its input. */
const dataDir = mkdtempSync(join(tmpdir(), 'allclear-bench-intake-'));
const apiKey = 'bench_key_bench_key_bench_key_bench_key';
const config = loadConfig({
  ALLCLEAR_DATA_DIR: dataDir,
  ALLCLEAR_PORT: '0',
  ALLCLEAR_LOG_LEVEL: 'silent',
  ALLCLEAR_OWNER_EMAIL: 'bench@example.com',
  ALLCLEAR_OWNER_PASSWORD: 'bench bench bench',
  ALLCLEAR_OWNER_API_KEY: apiKey,
});
const server = await startServer({ config, log: silentLogger });
const { key } = await ask<{ key: string }>('POST', '/alert-sources', { name: 'Bench' });
const { version, catchAll } = await ask<{ version: number; catchAll: object }>('GET', '/routes');
await ask('PUT', '/routes', { version, catchAll, routes: Array.from({ length: ROUTES }, (_, n) => routeOf(n)) });
process.stdout.write(`${JSON.stringify({ url: server.url, key })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void end());

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** The last of them takes what the bench sends, so that each alert is held against all. */
function routeOf(n: number) {
  const value = n === ROUTES - 1 ? 'api' : `job-${n}`;
  return { name: `Job ${value}`, match: [{ field: 'label', name: 'job', op: 'is', values: [value] }], outcome: {} };
}

async function end() {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
