import pg from 'pg';
import { findRunningPostgres } from '#platform/embedded-postgres/index.ts';
import type { House } from './house.ts';

/** Measured values lie in tables by day, and a session must not end: these stay where they are. */
const STAYS = /^(check_result|latency_|probe_node|listening|delivery|user_session|user_account|verification)/;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/**
 * Lets time pass for pictures: everything recorded so far moves into the past, as if it had happened so many minutes
 * earlier. Only for looking at; nothing that a test relies on.
 */
export async function elapse({ dataDir }: House, minutes: number): Promise<void> {
  await onDatabase(dataDir, async (client) => {
    const { rows } = await client.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
       join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone'`,
    );
    const columns = Map.groupBy(
      rows.filter(({ table }) => !STAYS.test(table)),
      ({ table }) => table,
    );
    for (const [table, named] of columns) {
      const moves = named.map(({ column }) => `"${column}" = "${column}" - make_interval(mins => $1)`);
      await client.query(`update "${table}" set ${moves.join(', ')}`, [minutes]);
    }
    await moveFacts(client, minutes);
  });
}

/** The entries of an incident hold instants in their facts as well. */
async function moveFacts(client: pg.Client, minutes: number) {
  const { rows } = await client.query<{ id: string; data: object }>('select id, data from incident_event');
  const earlier = (instant: string) => new Date(Date.parse(instant) - minutes * 60_000).toISOString();
  for (const { id, data } of rows) {
    const moved = JSON.stringify(data).replaceAll(INSTANT, earlier);
    await client.query('update incident_event set data = $2 where id = $1', [id, moved]);
  }
}

/** A stretch of the past in which a component was not operational. */
export type Blemish = {
  readonly component: string;
  readonly daysAgo: number;
  readonly minutes: number;
  readonly status: 'partial_outage' | 'degraded_performance';
};

/** Writes blemishes into a past in which everything was operational. */
export async function blemish({ dataDir }: House, blemishes: readonly Blemish[]): Promise<void> {
  await onDatabase(dataDir, async (client) => {
    for (const { component, daysAgo, minutes, status } of blemishes)
      await client.query(
        `insert into component_interval (workspace_id, component_id, status, started_at, ended_at)
         select workspace_id, id, $2, at, at + make_interval(mins => $4)
         from component, (select now() - make_interval(days => $3) as at) as past where name = $1`,
        [component, status, daysAgo, minutes],
      );
  });
}

async function onDatabase(dataDir: string, act: (client: pg.Client) => Promise<void>) {
  const connection = await findRunningPostgres(dataDir);
  if (!connection) throw new Error(`no database runs in ${dataDir}`);
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local session_replication_role = replica`);
    await act(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
