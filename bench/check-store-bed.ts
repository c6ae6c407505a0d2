import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startServer } from '#app/main.ts';
import { type CheckResult, recordBatch } from '#monitor';
import { loadConfig } from '#platform/config.ts';
import { silentLogger } from '#platform/log.ts';

/** An instance in this process with a PostgreSQL of its own, to store results in as the product does. */
export interface CheckStore {
  readonly onResults: (results: readonly CheckResult[]) => Promise<void>;
  /** CPU so far of this process and of every process of PostgreSQL. */
  readonly cpuSeconds: () => number;
  readonly storedCount: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export const WORKSPACE = 'ws_bench';
const SERVICE = 'svc_bench';
const TICKS_PER_SECOND = 100;

/** Starts one that knows these monitors, as steadily up. */
export async function startCheckStore(monitorIds: readonly string[]): Promise<CheckStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'allclear-bench-checks-'));
  const config = loadConfig({
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_PORT: '0',
    ALLCLEAR_ROLES: 'web',
    ALLCLEAR_LOG_LEVEL: 'silent',
  });
  const server = await startServer({ config, log: silentLogger });
  const { database } = server.system;
  await sql`
    insert into service (workspace_id, id, name, slug, description, created_at)
    values (${WORKSPACE}, ${SERVICE}, 'Bench', 'bench', '', now())
  `.execute(database);
  await sql`
    insert into monitor (workspace_id, id, kind, name, service_id, url, interval_ms, timeout_ms, confirm_failures,
      confirm_recoveries, question, revision, created_at, updated_at)
    select ${WORKSPACE}, id, 'http', id, ${SERVICE}, 'http://127.0.0.1/', 1000, 5000, 2, 1, '{}', 1, now(), now()
    from unnest(${[...monitorIds]}::text[]) as id
  `.execute(database);
  const verdict = JSON.stringify({ state: 'up', sinceMs: 0, known: 'up', runs: {}, unknown: null });
  await sql`
    insert into monitor_status (workspace_id, monitor_id, state, since, verdict, settled)
    select workspace_id, id, 'up', 'epoch', ${verdict}::jsonb, true from monitor
  `.execute(database);
  await sql`analyze monitor, monitor_status`.execute(database);
  return {
    onResults: (results) => recordBatch(server.system, results),
    cpuSeconds: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6 + postgresCpuSeconds(dataDir);
    },
    async storedCount() {
      const { rows } = await sql<{ count: number }>`select count(*) from check_result`.execute(database);
      return rows[0]?.count ?? 0;
    },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Of the postmaster, its children, and those that have ended. */
function postgresCpuSeconds(dataDir: string): number {
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(name);
    if (name === String(postmaster)) ticks += sum(fields.slice(11, 15));
    else if (fields[1] === String(postmaster)) ticks += sum(fields.slice(11, 13));
  }
  return ticks / TICKS_PER_SECOND;
}

/** `/proc/PID/stat` after the name: state, parent, …, user and system time, those of ended children. */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function sum(fields: readonly string[]): number {
  return fields.reduce((total, field) => total + Number(field), 0);
}
