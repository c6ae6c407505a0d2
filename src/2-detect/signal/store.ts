import { sql } from 'kysely';
import { addSeconds } from '#kernel/duration.ts';
import type { Database } from '#platform/database.ts';
import { graver, PROMPT_AFTER_SECONDS, SUSPECT_AFTER_SECONDS } from '../alert/alert.ts';
import type { CloseReason } from '../alert/contract.ts';
import type { Announcement } from '../alert/tables.ts';
import type { NewSignal, SignalGroup } from './signal.ts';
import type { SignalTables } from './tables.ts';

/** What became of one group: its alert, and what later stages must be told of it. */
export type Written = { readonly alertId: string | null; readonly announce: Announcement | null };

/**
 * Writes groups of firing signals: opens an alert for each new key, counts on each known one, raises its severity when a
 * signal is graver, and keeps the signals. One statement; the answers are in the order of the groups.
 */
export async function writeFiring(database: Database, groups: readonly SignalGroup[]): Promise<Written[]> {
  return await write(database, groups, true, null);
}

/** Writes groups of resolving signals: closes the alert that holds the key, if any, and keeps the signals with it. */
export async function writeResolved(
  database: Database,
  groups: readonly SignalGroup[],
  reason: CloseReason,
): Promise<Written[]> {
  return await write(database, groups, false, reason);
}

/** See `write_signals` in the migrations. */
async function write(
  database: Database,
  groups: readonly SignalGroup[],
  firing: boolean,
  reason: CloseReason | null,
): Promise<Written[]> {
  if (groups.length === 0) return [];
  const alerts = JSON.stringify(groups.map(({ signals }, g) => alertRow(g, signals)));
  const signals = JSON.stringify(
    groups.flatMap((group, g) => group.signals.map((signal, i) => signalRow(g, i, signal))),
  );
  const { rows } = await sql<{ g: number; alert_id: string; announce: Announcement | null }>`
    select g, alert_id, announce from write_signals(${firing}, ${reason}, ${alerts}, ${signals})`.execute(
    database.withoutPlugins(),
  );
  const written: Written[] = groups.map(() => ({ alertId: null, announce: null }));
  for (const row of rows) written[row.g] = { alertId: row.alert_id, announce: row.announce };
  return written;
}

function signalRow(g: number, i: number, signal: NewSignal) {
  const { signalId, status, severity, title, source, receivedAt, payload } = signal;
  return { g, position: i + 1, id: signalId, status, severity, title, source, received_at: receivedAt, payload };
}

/** What a group of signals says of its alert: the first names it, the gravest sets its severity. */
function alertRow(g: number, signals: readonly NewSignal[]) {
  const first = signals[0];
  const last = signals.at(-1);
  if (first === undefined || last === undefined) throw new Error('Invariant broken: a group of signals is never empty');
  const severity = signals.reduce((worst, signal) => graver(worst, signal.severity), first.severity);
  const watched = severity === 'critical';
  return {
    g,
    workspace_id: first.workspaceId,
    id: first.alertId,
    scope: first.scope,
    dedup_key: first.dedupKey,
    title: first.title,
    severity,
    source: first.origin,
    alert_source_id: first.alertSourceId,
    alert_source_name: first.alertSourceName,
    monitor_id: first.monitorId,
    service_id: first.serviceId,
    drill: first.drill,
    count: signals.length,
    began_at: first.beganAt,
    first_seen_at: first.receivedAt,
    last_seen_at: last.receivedAt,
    labels: first.labels,
    url: first.url,
    evidence: first.evidence,
    prompt_due_at: watched ? addSeconds(first.receivedAt, PROMPT_AFTER_SECONDS) : null,
    suspect_due_at: watched ? addSeconds(first.receivedAt, SUSPECT_AFTER_SECONDS) : null,
  };
}

const SHOWN = ['id', 'alertId', 'ordinal', 'status', 'severity', 'title', 'source', 'receivedAt', 'payload'] as const;

/** Signals of an alert with an ordinal below the given one, latest first. */
export async function selectSignals(
  database: Database,
  where: { workspaceId: string; alertId: string; below: number | null; limit: number },
) {
  let query = database
    .withTables<SignalTables>()
    .selectFrom('signal')
    .select(SHOWN)
    .where('workspaceId', '=', where.workspaceId)
    .where('alertId', '=', where.alertId);
  if (where.below !== null) query = query.where('ordinal', '<', where.below);
  return await query.orderBy('ordinal', 'desc').limit(where.limit).execute();
}
