import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { createClient } from '#client';
import { startServer } from '#app/main.ts';
import { postMonitor } from '#monitor/contract';
import { loadConfig } from '#platform/config.ts';
import { silentLogger } from '#platform/log.ts';

/**
 * The whole instance with many steady monitors: how late checks start, and what a stored check costs in CPU (server,
 * check engine and database together). Prints one JSON line. `--monitors 2000 --interval 20 --seconds 25`.
 */

const TICKS_PER_SECOND = 100;
const WARM_SECONDS = 4;
const ADDING_AT_ONCE = 6;
const TARGET = `
  const answer = 'HTTP/1.1 200 OK\\r\\ncontent-type: text/plain\\r\\ncontent-length: 3\\r\\nconnection: close\\r\\n\\r\\nok\\n';
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  }).listen(0, '127.0.0.1', 4096, () => process.stdout.write(server.address().port + '\\n'));
`;

type Options = { readonly monitors: number; readonly intervalSeconds: number; readonly seconds: number };

async function benchSchedule(options: Options): Promise<object> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allclear-bench-'));
  const target = spawn(process.execPath, ['-e', TARGET], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = String((await once(target.stdout, 'data'))[0]).trim();
  const apiKey = 'bench_key_bench_key_bench_key_bench_key';
  const config = loadConfig({
    ALLCLEAR_PORT: '0',
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    ALLCLEAR_OWNER_EMAIL: 'bench@example.com',
    ALLCLEAR_OWNER_PASSWORD: 'correct horse battery',
    ALLCLEAR_OWNER_API_KEY: apiKey,
  });
  const server = await startServer({ config, log: silentLogger });
  try {
    const addSeconds = await addMonitors(server.url, apiKey, port, options);
    await sleep(WARM_SECONDS * 1_000);
    const { database } = server.system;
    const count = async () =>
      Number((await sql<{ n: string }>`select count(*) as n from check_result`.execute(database)).rows[0]?.n ?? 0);
    const [before, cpuBefore, since] = [await count(), await cpuOfTree(target.pid), new Date()];
    await sleep(options.seconds * 1_000);
    const [after, cpuAfter] = [await count(), await cpuOfTree(target.pid)];
    const late = await sql<{ p50: number; p99: number; most: number; failed: number }>`
      select percentile_cont(0.5) within group (order by late_ms) as p50, percentile_cont(0.99) within group (order by late_ms) as p99,
        max(late_ms) as most, (count(*) filter (where outcome <> 0))::int as failed
      from check_result where due_at > ${since}
    `.execute(database);
    const checks = after - before;
    const cost = (part: keyof Cpu) => Number((((cpuAfter[part] - cpuBefore[part]) * 1_000) / checks).toFixed(3));
    return {
      bench: 'schedule',
      ...options,
      checks,
      expected: Math.round((options.monitors / options.intervalSeconds) * options.seconds),
      latenessMs: late.rows[0],
      cpuMsPerStoredCheck: Number((cost('server') + cost('engine') + cost('postgres')).toFixed(3)),
      cpuMsPerCheckBy: { server: cost('server'), engine: cost('engine'), postgres: cost('postgres') },
      addSeconds,
    };
  } finally {
    await server.stop();
    target.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function addMonitors(baseUrl: string, apiKey: string, port: string, options: Options): Promise<number> {
  const client = createClient({ baseUrl, apiKey });
  const startedMs = performance.now();
  const bodyOf = (n: number) => ({
    url: `http://127.0.0.1:${port}/${n}`,
    intervalSeconds: options.intervalSeconds,
  });
  const { serviceId } = await client.call(postMonitor, { body: bodyOf(0) });
  let next = 1;
  const worker = async () => {
    for (let n = next++; n < options.monitors; n = next++) {
      await client.call(postMonitor, { body: { ...bodyOf(n), serviceId } });
    }
  };
  await Promise.all(Array.from({ length: ADDING_AT_ONCE }, worker));
  return Number(((performance.now() - startedMs) / 1_000).toFixed(1));
}

type Cpu = { server: number; engine: number; postgres: number };

/** CPU seconds so far of this process, its check engine and its PostgreSQL; the target is left out. */
async function cpuOfTree(targetPid: number | undefined): Promise<Cpu> {
  const stats = new Map<number, { parent: number; name: string; seconds: number }>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const text = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const name = /\((.*)\)/.exec(text)?.[1] ?? '';
    stats.set(Number(entry), {
      parent: Number(fields[1]),
      name,
      seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    });
  }
  const cpu: Cpu = { server: 0, engine: 0, postgres: 0 };
  for (const [pid, stat] of stats) {
    if (pid === targetPid || !descends(pid, stats)) continue;
    if (pid === process.pid) cpu.server += stat.seconds;
    else if (stat.name.startsWith('postgres')) cpu.postgres += stat.seconds;
    else cpu.engine += stat.seconds;
  }
  return cpu;
}

function descends(pid: number, stats: ReadonlyMap<number, { parent: number }>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = stats.get(at)?.parent)
    if (at === process.pid) return true;
  return false;
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}

const options = {
  monitors: option('monitors', 2_000),
  intervalSeconds: option('interval', 20),
  seconds: option('seconds', 25),
};
process.stdout.write(`${JSON.stringify(await benchSchedule(options))}\n`);
process.exit(0);
