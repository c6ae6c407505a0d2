import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '#app/main.ts';
import { loadConfig } from '#platform/config.ts';
import { silentLogger } from '#platform/log.ts';

/** A whole instance in a process of its own, without the dashboard; says its address and the key of a source, and ends with its input. */
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
const response = await fetch(`${server.url}/api/v1/alert-sources`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
  body: JSON.stringify({ name: 'Bench' }),
});
if (!response.ok) throw new Error(`no alert source: ${await response.text()}`);
const { key } = (await response.json()) as { key: string };
process.stdout.write(`${JSON.stringify({ url: server.url, key })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void end());

async function end() {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
