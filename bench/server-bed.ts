import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '#app/main.ts';
import { loadConfig } from '#platform/config.ts';
import { silentLogger } from '#platform/log.ts';

/** A whole instance in a process of its own, without the dashboard; says its address, and ends with its input. */
const dataDir = mkdtempSync(join(tmpdir(), 'allclear-bench-server-'));
const config = loadConfig({
  ALLCLEAR_DATA_DIR: dataDir,
  ALLCLEAR_PORT: '0',
  ALLCLEAR_LOG_LEVEL: 'silent',
  ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
  ALLCLEAR_OWNER_EMAIL: 'bench@example.com',
  ALLCLEAR_OWNER_PASSWORD: 'bench bench bench',
  ALLCLEAR_OWNER_API_KEY: process.argv[2] ?? '',
});
const server = await startServer({ config, log: silentLogger });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void end());

async function end() {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
