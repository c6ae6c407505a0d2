import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { createClient } from '#client';
import { startServer } from '#app/main.ts';
import { postMonitor } from '#monitor/contract';
import { loadConfig } from '#platform/config.ts';
import type { Database } from '#platform/database.ts';
import { silentLogger } from '#platform/log.ts';
import { readUsed, type Used } from './process-bed.ts';

/**
 * The whole instance with many steady monitors: how late checks start, what a stored check costs (CPU of server, check
 * engine and database together; bytes written to the log of the database and bytes kept), how much memory all of it takes,
 * and how long after a restart every monitor has been checked again. With `--hanging`, so many more monitors ask a target
 * that takes connections and never answers; lateness is that of the others. Prints one JSON line.
 * `--monitors 2000 --interval 20 --seconds 25 --hanging 0`.
 */

const WARM_SECONDS = 4;
const HANGING_WARM_SECONDS = 40;
const HANGING_INTERVAL_SECONDS = 30;
const HANGING_TIMEOUT_SECONDS = 10;
const ADDING_AT_ONCE = 6;
const TARGET = `
  const answer = 'HTTP/1.1 200 OK\\r\\ncontent-type: text/plain\\r\\ncontent-length: 3\\r\\nconnection: close\\r\\n\\r\\nok\\n';
  const { createServer } = require('node:net');
  const quiet = (socket) => socket.on('error', () => {});
  const hang = (socket) => quiet(socket).resume();
  const listen = (take, then) => {
    const server = createServer(take).listen(0, '127.0.0.1', 4096, () => then(server.address().port));
  };
  listen((socket) => quiet(socket).once('data', () => socket.end(answer)), (answering) =>
    listen(hang, (hanging) => process.stdout.write(answering + ' ' + hanging + '\\n')));
`;

type Options = {
  readonly monitors: number;
  readonly intervalSeconds: number;
  readonly seconds: number;
  readonly hanging: number;
};

async function benchSchedule(options: Options): Promise<object> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allclear-bench-'));
  const target = spawn(process.execPath, ['-e', TARGET], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [answering = '', hanging = ''] = String((await once(target.stdout, 'data'))[0])
    .trim()
    .split(' ');
  const apiKey = 'bench_key_bench_key_bench_key_bench_key';
  const config = loadConfig({
    ALLCLEAR_PORT: '0',
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    ALLCLEAR_OWNER_EMAIL: 'bench@example.com',
    ALLCLEAR_OWNER_PASSWORD: 'correct horse battery',
    ALLCLEAR_OWNER_API_KEY: apiKey,
  });
  let server = await startServer({ config, log: silentLogger });
  try {
    const add = (port: string, count: number, asked: object) =>
      addMonitors({ url: server.url, apiKey }, count, (n) => ({ url: `http://127.0.0.1:${port}/${n}`, ...asked }));
    const { intervalSeconds, seconds } = options;
    const addSeconds = await add(answering, options.monitors, { intervalSeconds });
    const stuck = { intervalSeconds: HANGING_INTERVAL_SECONDS, timeoutSeconds: HANGING_TIMEOUT_SECONDS };
    if (options.hanging > 0) await add(hanging, options.hanging, stuck);
    await sleep((options.hanging > 0 ? HANGING_WARM_SECONDS : WARM_SECONDS) * 1_000);
    const steady = await measureSteady(server.system.database, { answering, seconds, but: [target.pid] });
    await server.stop();
    const stoppedAt = new Date();
    server = await startServer({ config, log: silentLogger });
    const restart = await measureRestart(server.system.database, { answering, stoppedAt, count: options.monitors });
    const expected = Math.round((options.monitors / intervalSeconds) * seconds);
    return { bench: 'schedule', ...options, expected, ...steady, addSeconds, restart };
  } finally {
    await server.stop();
    target.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureSteady(
  database: Database,
  { answering, seconds, but }: { answering: string; seconds: number; but: readonly (number | undefined)[] },
) {
  const [before, usedBefore, since] = [await readStored(database), await readUsed(but), new Date()];
  await sleep(seconds * 1_000);
  const [after, used] = [await readStored(database), await readUsed(but)];
  const late = await sql<{ p50: number; p99: number; most: number; failed: number; checks: number }>`
    select percentile_cont(0.5) within group (order by late_ms) as p50, percentile_cont(0.99) within group (order by late_ms) as p99,
      max(late_ms) as most, (count(*) filter (where outcome <> 0))::int as failed, count(*)::int as checks
    from check_result where due_at > ${since} and monitor_number in (select number from monitor where url like ${`%:${answering}/%`})
  `.execute(database);
  const checks = after.checks - before.checks;
  const perCheck = (part: keyof Used) =>
    Number((((used[part].seconds - usedBefore[part].seconds) * 1_000) / checks).toFixed(3));
  const by = { server: perCheck('server'), engine: perCheck('engine'), postgres: perCheck('postgres') };
  const megabytes = (part: keyof Used) => Math.round(used[part].megabytes);
  return {
    checks,
    latenessMs: late.rows[0],
    cpuMsPerStoredCheck: Number((by.server + by.engine + by.postgres).toFixed(3)),
    cpuMsPerCheckBy: by,
    bytesPerCheck: {
      written: Math.round((after.written - before.written) / checks),
      kept: Math.round((after.kept - before.kept) / checks),
    },
    megabytes: { server: megabytes('server'), engine: megabytes('engine'), postgres: megabytes('postgres') },
  };
}

async function readStored(database: Database): Promise<{ checks: number; written: number; kept: number }> {
  const { rows } = await sql<{ checks: string; written: string; kept: string }>`
    select (select count(*) from check_result) as checks, pg_current_wal_lsn() - '0/0'::pg_lsn as written,
      pg_database_size(current_database()) as kept
  `.execute(database);
  const [row] = rows;
  return { checks: Number(row?.checks), written: Number(row?.written), kept: Number(row?.kept) };
}

/**
 * From the start of the server until every monitor that is answered has been checked again (`seconds`, by when its check
 * began), and until the last of them was seen in the database (`storedSeconds`).
 */
async function measureRestart(
  database: Database,
  { answering, stoppedAt, count }: { answering: string; stoppedAt: Date; count: number },
) {
  const startedAt = Date.now();
  for (;;) {
    const { rows } = await sql<{ checked: number; last: Date | null }>`
      select count(*)::int as checked, max(first) as last from (
        select min(due_at + make_interval(secs => late_ms / 1000.0)) as first from check_result
        where due_at > ${stoppedAt} and monitor_number in (select number from monitor where url like ${`%:${answering}/%`})
        group by monitor_number
      ) as again
    `.execute(database);
    const [row] = rows;
    const since = (at: number) => Number(((at - startedAt) / 1_000).toFixed(1));
    const storedSeconds = since(Date.now());
    if (row?.checked === count || storedSeconds > 180)
      return {
        checkedAgain: row?.checked,
        ofMonitors: count,
        seconds: row?.last ? since(row.last.getTime()) : null,
        storedSeconds,
      };
    await sleep(200);
  }
}

async function addMonitors(
  at: { readonly url: string; readonly apiKey: string },
  count: number,
  bodyOf: (n: number) => { readonly url: string },
): Promise<number> {
  const client = createClient({ baseUrl: at.url, apiKey: at.apiKey });
  const startedMs = performance.now();
  const { serviceId } = await client.call(postMonitor, { body: bodyOf(0) });
  let next = 1;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) await client.call(postMonitor, { body: { ...bodyOf(n), serviceId } });
  };
  await Promise.all(Array.from({ length: ADDING_AT_ONCE }, worker));
  return Number(((performance.now() - startedMs) / 1_000).toFixed(1));
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}

const options = {
  monitors: option('monitors', 2_000),
  intervalSeconds: option('interval', 20),
  seconds: option('seconds', 25),
  hanging: option('hanging', 0),
};
process.stdout.write(`${JSON.stringify(await benchSchedule(options))}\n`);
process.exit(0);
