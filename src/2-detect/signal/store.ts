import { type RawBuilder, sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { CloseReason } from '../alert/contract.ts';
import { graver, PROMPT_AFTER_SECONDS, SUSPECT_AFTER_SECONDS } from '../alert/alert.ts';
import type { Announcement } from '../alert/tables.ts';
import { KEPT_SIGNALS, type NewSignal, type SignalGroup } from './signal.ts';
import type { SignalTables } from './tables.ts';
import { addSeconds } from '#kernel/duration.ts';

/** What became of one group: its alert, and what later stages must be told of it. */
export type Written = { readonly alertId: string | null; readonly announce: Announcement | null };

const array = (values: readonly unknown[], type: string): RawBuilder<unknown> => sql`${values}::${sql.raw(type)}[]`;
const RANK = sql.raw(`array['info','warning','error','critical']`);

/**
 * Writes groups of firing signals: opens an alert for each new key, counts on each known one, raises its severity when a
 * signal is graver, and keeps the signals. One statement; the answers are in the order of the groups.
 */
export async function writeFiring(database: Database, groups: readonly SignalGroup[]): Promise<Written[]> {
  if (groups.length === 0) return [];
  const rows = groups.map(({ signals }) => alertRow(signals));
  const column = <K extends keyof ReturnType<typeof alertRow>>(name: K, type: string) =>
    array(
      rows.map((row) => row[name]),
      type,
    );
  const all = groups.flatMap(({ signals }, g) =>
    signals.map((signal, i) => ({ signal, group: g + 1, position: i + 1 })),
  );
  const { rows: written } = await sql<{ g: number; id: string; announce: Announcement | null }>`
    with incoming as (
      select * from unnest(
        ${column('workspaceId', 'text')}, ${column('alertId', 'text')}, ${column('scope', 'text')}, ${column('dedupKey', 'text')},
        ${column('title', 'text')}, ${column('severity', 'text')}, ${column('origin', 'text')}, ${column('alertSourceId', 'text')},
        ${column('alertSourceName', 'text')}, ${column('monitorId', 'text')}, ${column('serviceId', 'text')}, ${column('drill', 'boolean')},
        ${column('count', 'integer')}, ${column('beganAt', 'timestamptz')}, ${column('firstSeenAt', 'timestamptz')}, ${column('lastSeenAt', 'timestamptz')},
        ${column('labels', 'jsonb')}, ${column('url', 'text')}, ${column('evidence', 'jsonb')},
        ${column('promptDueAt', 'timestamptz')}, ${column('suspectDueAt', 'timestamptz')}
      ) with ordinality as t(workspace_id, id, scope, dedup_key, title, severity, source, alert_source_id, alert_source_name,
        monitor_id, service_id, drill, count, began_at, first_seen_at, last_seen_at, labels, url, evidence, prompt_due_at, suspect_due_at, g)
    ), upserted as (
      insert into alert as a (workspace_id, id, scope, dedup_key, title, severity, source, alert_source_id, alert_source_name,
        monitor_id, service_id, drill, count, began_at, first_seen_at, last_seen_at, labels, url, evidence, prompt_due_at, suspect_due_at, announce)
      select workspace_id, id, scope, dedup_key, title, severity, source, alert_source_id, alert_source_name,
        monitor_id, service_id, drill, count, began_at, first_seen_at, last_seen_at, labels, url, evidence, prompt_due_at, suspect_due_at, 'opened'
      from incoming order by g
      on conflict (workspace_id, scope, dedup_key) where holds_key do update set
        count = a.count + excluded.count,
        last_seen_at = greatest(a.last_seen_at, excluded.last_seen_at),
        severity = case when ${graverNow()} then excluded.severity else a.severity end,
        raised_from = case when ${graverNow()} and a.announce is null then a.severity else a.raised_from end,
        announce = case when ${graverNow()} and a.announce is null then 'raised' else a.announce end,
        prompt_due_at = case when ${graverNow()} and a.disposition is null then coalesce(a.prompt_due_at, excluded.prompt_due_at) else a.prompt_due_at end,
        suspect_due_at = case when ${graverNow()} and a.disposition is null then coalesce(a.suspect_due_at, excluded.suspect_due_at) else a.suspect_due_at end
      returning workspace_id, scope, dedup_key, id, count, announce
    ), matched as (
      select i.g, u.workspace_id, u.id, u.announce, u.count - i.count as before
      from upserted u join incoming i using (workspace_id, scope, dedup_key)
    ), kept as (${keepSignals(all)})
    select g::int as g, id, announce from matched order by g
  `.execute(database.withoutPlugins());
  return written.map(({ id, announce }) => ({ alertId: id, announce }));
}

/** True when the incoming signal is graver than an alert that is not closed. */
function graverNow() {
  return sql`(a.state <> 'closed' and array_position(${RANK}, excluded.severity) > array_position(${RANK}, a.severity))`;
}

/** Writes the signals of `matched` alerts into their slots; of several for one slot in a batch the latest wins. */
function keepSignals(all: readonly { signal: NewSignal; group: number; position: number }[]) {
  const column = (pick: (one: (typeof all)[number]) => unknown, type: string) => array(all.map(pick), type);
  const ring = sql.raw(String(KEPT_SIGNALS - 1));
  return sql`
    insert into signal as s (workspace_id, alert_id, slot, ordinal, id, status, severity, title, source, received_at, payload)
    select distinct on (workspace_id, alert_id, slot) * from (
      select m.workspace_id, m.id as alert_id,
        case when m.before + t.position <= 1 then 0 else 1 + ((m.before + t.position - 2) % ${ring}) end::smallint as slot,
        (m.before + t.position)::integer as ordinal, t.id, t.status, t.severity, t.title, t.source, t.received_at, t.payload
      from unnest(${column((o) => o.group, 'integer')}, ${column((o) => o.position, 'integer')}, ${column((o) => o.signal.signalId, 'text')},
        ${column((o) => o.signal.status, 'text')}, ${column((o) => o.signal.severity, 'text')}, ${column((o) => o.signal.title, 'text')},
        ${column((o) => o.signal.source, 'text')}, ${column((o) => o.signal.receivedAt, 'timestamptz')}, ${column((o) => o.signal.payload, 'text')})
        as t(g, position, id, status, severity, title, source, received_at, payload)
      join matched m using (g)
    ) as placed order by workspace_id, alert_id, slot, ordinal desc
    on conflict (workspace_id, alert_id, slot) do update set ordinal = excluded.ordinal, id = excluded.id, status = excluded.status,
      severity = excluded.severity, title = excluded.title, source = excluded.source, received_at = excluded.received_at, payload = excluded.payload`;
}

/** Writes groups of resolving signals: closes the alert that holds the key, if any, and keeps the signals with it. */
export async function writeResolved(
  database: Database,
  groups: readonly SignalGroup[],
  closeReason: CloseReason,
): Promise<Written[]> {
  if (groups.length === 0) return [];
  const rows = groups.map(({ signals }) => alertRow(signals));
  const column = <K extends keyof ReturnType<typeof alertRow>>(name: K, type: string) =>
    array(
      rows.map((row) => row[name]),
      type,
    );
  const all = groups.flatMap(({ signals }, g) =>
    signals.map((signal, i) => ({ signal, group: g + 1, position: i + 1 })),
  );
  const { rows: written } = await sql<{ g: number; id: string; announce: Announcement | null }>`
    with incoming as (
      select * from unnest(${column('workspaceId', 'text')}, ${column('scope', 'text')}, ${column('dedupKey', 'text')},
        ${column('count', 'integer')}, ${column('lastSeenAt', 'timestamptz')})
        with ordinality as t(workspace_id, scope, dedup_key, count, last_seen_at, g)
    ), locked as (
      select a.workspace_id, a.id, a.state, i.g, i.count, i.last_seen_at from alert a join incoming i using (workspace_id, scope, dedup_key)
      where a.holds_key order by i.g for update of a
    ), closed as (
      update alert a set
        holds_key = false,
        count = a.count + l.count,
        last_seen_at = greatest(a.last_seen_at, l.last_seen_at),
        state = 'closed',
        closed_at = coalesce(a.closed_at, l.last_seen_at),
        close_reason = coalesce(a.close_reason, ${closeReason}),
        announce = case when a.state = 'closed' then a.announce else 'closed' end,
        prompt_due_at = null,
        suspect_due_at = null
      from locked l where a.workspace_id = l.workspace_id and a.id = l.id
      returning l.g, a.workspace_id, a.id, a.announce, a.count - l.count as before
    ), matched as (select * from closed
    ), kept as (${keepSignals(all)})
    select g::int as g, id, announce from matched
  `.execute(database.withoutPlugins());
  const byGroup = new Map(written.map((row) => [row.g, row]));
  return groups.map((_, i) => {
    const row = byGroup.get(i + 1);
    return { alertId: row?.id ?? null, announce: row?.announce ?? null };
  });
}

/** What a group of signals says of its alert: the first names it, the gravest sets its severity. */
function alertRow(signals: readonly NewSignal[]) {
  const first = signals[0];
  const last = signals.at(-1);
  if (first === undefined || last === undefined) throw new Error('Invariant broken: a group of signals is never empty');
  const severity = signals.reduce((worst, signal) => graver(worst, signal.severity), first.severity);
  const watched = severity === 'critical';
  return {
    ...first,
    severity,
    count: signals.length,
    firstSeenAt: first.receivedAt,
    lastSeenAt: last.receivedAt,
    promptDueAt: watched ? addSeconds(first.receivedAt, PROMPT_AFTER_SECONDS) : null,
    suspectDueAt: watched ? addSeconds(first.receivedAt, SUSPECT_AFTER_SECONDS) : null,
  };
}

const SHOWN = ['id', 'alertId', 'ordinal', 'status', 'severity', 'title', 'source', 'receivedAt', 'payload'] as const;

/** Signals of an alert with an ordinal below the given one, latest first. */
export async function selectSignals(
  database: Database,
  where: { workspaceId: string; alertId: string; below: number | null; limit: number },
) {
  return await database
    .withTables<SignalTables>()
    .selectFrom('signal')
    .select(SHOWN)
    .where('workspaceId', '=', where.workspaceId)
    .where('alertId', '=', where.alertId)
    .$if(where.below !== null, (q) => q.where('ordinal', '<', where.below ?? 0))
    .orderBy('ordinal', 'desc')
    .limit(where.limit)
    .execute();
}
