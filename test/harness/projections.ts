import { compose } from '#app/compose.ts';
import { listIncidents, rebuildIncident } from '#declare';
import { listWorkspaceIds } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { loadConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/database.ts';
import { findRunningPostgres } from '#platform/embedded-postgres/index.ts';
import { createLiveHub } from '#platform/live.ts';
import { silentLogger } from '#platform/log.ts';

/** The references of incidents in a running data directory whose stored projection is not what their events say. */
export async function compareProjections(dataDir: string): Promise<string[]> {
  const connection = await findRunningPostgres(dataDir);
  if (connection === null) throw new Error(`no PostgreSQL runs in ${dataDir}`);
  const opened = openDatabase(connection, { max: 2 });
  const jobs = { send: async () => undefined, sendAll: async () => undefined };
  const system = compose({
    config: loadConfig({}),
    secretKey: 'x'.repeat(32),
    database: opened.database,
    jobs,
    live: createLiveHub(),
    log: silentLogger,
  });
  const different: string[] = [];
  try {
    for (const workspaceId of await listWorkspaceIds(system)) {
      const ctx = system.read({ actor: systemActor('test'), workspaceId });
      const incidents = await listIncidents(ctx);
      if (incidents.length === 0) different.push(`${workspaceId} has no incident to compare`);
      for (const incident of incidents) {
        const rebuilt = await rebuildIncident(ctx, incident.id);
        if (JSON.stringify(sorted(rebuilt)) !== JSON.stringify(sorted(incident))) different.push(incident.reference);
      }
    }
  } finally {
    await opened.close();
  }
  return different;
}

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
