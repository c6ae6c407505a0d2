import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '#app/main.ts';
import { loadConfig } from '#platform/config.ts';
import { silentLogger } from '#platform/log.ts';

/**
 * A whole instance in a process of its own with 100 monitors on its status page, half of which go down and up again all
 * the time. Says the address of the page when every monitor has been checked, and ends with its input.
 */

const MONITORS = 100;
const FLIPPING = 50;
const INTERVAL_SECONDS = 5;
const FLIP_MS = 6_000;

const dataDir = mkdtempSync(join(tmpdir(), 'allclear-bench-status-'));
const apiKey = 'bench_key_bench_key_bench_key_bench_key';
const config = loadConfig({
  ALLCLEAR_DATA_DIR: dataDir,
  ALLCLEAR_PORT: '0',
  ALLCLEAR_LOG_LEVEL: 'silent',
  ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
  ALLCLEAR_OWNER_EMAIL: 'bench@example.com',
  ALLCLEAR_OWNER_PASSWORD: 'bench bench bench',
  ALLCLEAR_OWNER_API_KEY: apiKey,
});
const target = createServer((request, response) => {
  const number = Number(request.url?.slice(1));
  const down = number < FLIPPING && Math.floor((Date.now() + number * 97) / FLIP_MS) % 2 === 1;
  response.writeHead(down ? 503 : 200).end('ok');
}).listen(0, '127.0.0.1');
await once(target, 'listening');
const address = target.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const server = await startServer({ config, log: silentLogger });

for (let number = 0; number < MONITORS; number++) {
  const { id: serviceId } = await post<{ id: string }>('/services', { name: `Service ${number}` });
  const url = `http://127.0.0.1:${port}/${number}`;
  await post('/monitors', {
    name: `Monitor ${number}`,
    kind: 'http',
    url,
    serviceId,
    intervalSeconds: INTERVAL_SECONDS,
    timeoutSeconds: 3,
  });
}
process.stdout.write(`${JSON.stringify({ url: `${server.url}/s/public` })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void end());

async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function end() {
  await server.stop();
  target.close();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
