import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { AlertState, SignalSeverity } from '../alert/contract.ts';
import type { AlertTables } from '../alert/tables.ts';
import type { FoldBy } from './contract.ts';
import type { Affected, Way } from './fold.ts';

/** Whose list it is. */
export type Whose =
  | { readonly groupId: string }
  | { readonly incidentId: string }
  /** Of an alert that says what their services need is down. */
  | { readonly explainedBy: string };

/** What has to be known beside the alerts: what explains each service, and which host each monitor asks. */
export type Known = { readonly roots: ReadonlyMap<string, string>; readonly hosts: ReadonlyMap<string, string> };

const db = (ctx: Ctx) => ctx.transaction.withTables<AlertTables>();

function of(ctx: Ctx, whose: Whose) {
  const all = db(ctx).selectFrom('alert').where('workspaceId', '=', ctx.workspaceId);
  if ('groupId' in whose) return all.where('groupId', '=', whose.groupId);
  if ('incidentId' in whose) return all.where('incidentId', '=', whose.incidentId);
  return all.where('quietBy', '=', whose.explainedBy).where('quiet', '=', 'upstream');
}

/** Services that the alerts are of, and whether one of these says by itself that its service is broken. */
export async function selectAffected(ctx: Ctx, whose: Whose): Promise<Affected[]> {
  const rows = await of(ctx, whose)
    .select((eb) => [
      'serviceId',
      eb.fn.countAll<number>().as('count'),
      sql<boolean>`bool_or(severity in ('critical', 'error') and source <> 'person')`.as('isDown'),
    ])
    .where('serviceId', 'is not', null)
    .groupBy('serviceId')
    .execute();
  return rows.flatMap(({ serviceId, count, isDown }) => (serviceId === null ? [] : [{ serviceId, count, isDown }]));
}

/** Which of some services have an open alert that explains others, see `isCause`. */
export async function selectDown(ctx: Ctx, serviceIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (serviceIds.length === 0) return new Set();
  const rows = await db(ctx)
    .selectFrom('alert')
    .select('serviceId')
    .distinct()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('serviceId', '=', sql<string>`any(${[...serviceIds]}::text[])`)
    .where('state', '<>', 'closed')
    .where('severity', 'in', ['critical', 'error'])
    .where('drill', '=', false)
    .where('source', '<>', 'person')
    .where(sql<boolean>`coalesce(urgency, 'high') = 'high'`)
    .where(sql<boolean>`(quiet is null or quiet in ('grouped', 'upstream'))`)
    .execute();
  return new Set(rows.flatMap(({ serviceId }) => serviceId ?? []));
}

export async function selectMonitorIds(ctx: Ctx, whose: Whose): Promise<string[]> {
  const rows = await of(ctx, whose).select('monitorId').distinct().where('monitorId', 'is not', null).execute();
  return rows.flatMap(({ monitorId }) => monitorId ?? []);
}

const HOST_LABELS = ['host', 'hostname', 'node', 'instance', 'server', 'source'];
const ADDRESS_LABELS = ['ip', 'ip_address', 'address'];

const label = (name: string) => sql<string | null>`nullif(btrim(labels->>${sql.lit(name)}), '')`;
const firstOf = (parts: readonly RawBuilder<string | null>[]) => sql<string | null>`coalesce(${sql.join(parts)})`;
/** `db-1` of `DB-1:9100`. */
const bare = (text: RawBuilder<string | null>) =>
  sql<string | null>`lower(regexp_replace(${text}, '^([^:]+|\\[[^]]*\\]):[0-9]{1,5}$', '\\1'))`;

const HOST_SAID = firstOf(HOST_LABELS.map(label));
const ADDRESS_SAID = firstOf(ADDRESS_LABELS.map(label));
// Evidence is long and lies apart, so it is looked into once; what is no simple value there is no address.
const ADDRESS_SEEN = sql<string | null>`substring(evidence->>'address' from '^\\s*([^\\s{[].*?)\\s*$')`;
const ADDRESS_OF_HOST = sql<
  string | null
>`substring(${bare(HOST_SAID)} from '^((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|\\[?[0-9a-f:]*::[0-9a-f:.]*\\]?|\\[?(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\\]?)$')`;

/** Which label said it; null when none did. */
const nameOf = (names: readonly string[]) =>
  sql<string | null>`case ${sql.join(
    names.map((name) => sql`when ${label(name)} is not null then ${sql.lit(name)}`),
    sql` `,
  )} end`;

const lookUp = (map: ReadonlyMap<string, string>, column: 'serviceId' | 'monitorId') =>
  sql<string | null>`(${JSON.stringify(Object.fromEntries(map))}::jsonb ->> ${sql.ref(column)})`;

/** What an alert has in common with those in its row; null when nothing is known. */
function keyOf(by: FoldBy, { roots, hosts }: Known): RawBuilder<string | null> {
  switch (by) {
    case 'dependency':
      return roots.size === 0 ? sql`service_id` : sql`coalesce(${lookUp(roots, 'serviceId')}, service_id)`;
    case 'host':
      return hosts.size === 0 ? bare(HOST_SAID) : sql`coalesce(${bare(HOST_SAID)}, ${lookUp(hosts, 'monitorId')})`;
    case 'address':
      return sql`lower(${firstOf([ADDRESS_SAID, ADDRESS_SEEN, ADDRESS_OF_HOST])})`;
    case 'time':
      return sql`floor(extract(epoch from first_seen_at) / 60)::bigint::text`;
    default:
      return by satisfies never;
  }
}

/** The id of the row of a key. What senders call their hosts stands in no address and no cursor. */
const idOf = (by: FoldBy, key: RawBuilder<string | null>) =>
  sql<string>`${sql.lit(`fld_${by}_`)} || coalesce(left(encode(sha256(convert_to(${key}, 'UTF8')), 'hex'), 32), 'none')`;

/** Whether an alert is in a row. */
export function isIn(foldId: string, by: FoldBy, known: Known): RawBuilder<boolean> {
  return sql<boolean>`(${idOf(by, keyOf(by, known))} = ${foldId})`;
}

/** What each way to fold comes to, read in one go. */
export async function selectWays(ctx: Ctx, whose: Whose, known: Known): Promise<Way[]> {
  const keys = (['dependency', 'host', 'address', 'time'] as const).map((by) => ({ by, key: keyOf(by, known) }));
  const rows = await db(ctx)
    .with('keyed', () => of(ctx, whose).select(keys.map(({ by, key }) => key.as(by))))
    .with('grouped', (qb) =>
      qb
        .selectFrom('keyed')
        .select((eb) => [
          sql<number>`grouping(dependency, host, address, time)`.as('way'),
          sql<string | null>`coalesce(dependency, host, address, time)`.as('key'),
          eb.fn.countAll<number>().as('alerts'),
        ])
        .groupBy(sql`grouping sets ((dependency), (host), (address), (time))`),
    )
    .selectFrom('grouped')
    .select([
      'way',
      sql<number>`count(key)::integer`.as('rows'),
      sql<number>`coalesce(sum(alerts) filter (where key is null), 0)::integer`.as('without'),
    ])
    .groupBy('way')
    .execute();
  // The bit of what is grouped by is 0.
  return keys.map(({ by }, i) => {
    const row = rows.find(({ way }) => way === 15 - (8 >> i));
    return { by, rows: row?.rows ?? 0, without: row?.without ?? 0 };
  });
}

/** How many alerts there are, in which states, and the newest. */
export async function selectExtent(ctx: Ctx, whose: Whose) {
  return await of(ctx, whose)
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'open').as('open'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'acknowledged').as('acknowledged'),
      eb.fn.max('id').as('newestId'),
    ])
    .executeTakeFirstOrThrow();
}

/** Where a row stands: those with most alerts that are not closed come first, then those with most; last what nothing is known of. */
export type FoldPosition = { readonly live: number; readonly count: number; readonly id: string };

export type FoldRow = FoldPosition & {
  /** Cut to what a line can show. */
  readonly key: string | null;
  readonly open: number;
  readonly acknowledged: number;
  readonly critical: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly title: string;
  readonly services: number;
  /** Up to 51 of these: more than a condition takes. */
  readonly serviceIds: readonly string[];
  /** Labels that said it, their values, and how many alerts had one. */
  readonly labels: readonly string[];
  readonly values: readonly string[];
  readonly labelled: number;
};

const LONGEST_NAME = 200;

export async function selectFolds(
  ctx: Ctx,
  whose: Whose,
  by: FoldBy,
  known: Known,
  page: { readonly after: FoldPosition | null; readonly limit: number },
): Promise<FoldRow[]> {
  const said = by === 'host' ? HOST_SAID : ADDRESS_SAID;
  const saidBy = nameOf(by === 'host' ? HOST_LABELS : ADDRESS_LABELS);
  const some = (what: RawBuilder<string | null>) =>
    sql<string[]>`(array_remove(array_agg(distinct ${what}), null))[1:51]`;
  const stateIs = (state: AlertState) => sql<number>`(count(*) filter (where state = ${sql.lit(state)}))::integer`;
  const severityIs = (severity: SignalSeverity) =>
    sql<number>`(count(*) filter (where severity = ${sql.lit(severity)}))::integer`;
  let query = db(ctx)
    .with('keyed', () =>
      of(ctx, whose).select([
        'id',
        'state',
        'severity',
        'title',
        'serviceId',
        'firstSeenAt',
        'lastSeenAt',
        keyOf(by, known).as('key'),
        said.as('said'),
        saidBy.as('saidBy'),
      ]),
    )
    .with('folded', (qb) =>
      qb
        .selectFrom('keyed')
        .groupBy('key')
        .select((eb) => [
          idOf(by, sql`key`).as('id'),
          sql<string | null>`left(key, ${sql.lit(LONGEST_NAME)})`.as('key'),
          sql<number>`(count(*) filter (where state <> 'closed'))::integer`.as('live'),
          eb.fn.countAll<number>().as('count'),
          stateIs('open').as('open'),
          stateIs('acknowledged').as('acknowledged'),
          severityIs('critical').as('critical'),
          severityIs('error').as('error'),
          severityIs('warning').as('warning'),
          severityIs('info').as('info'),
          sql<Date>`min(first_seen_at)`.as('firstAt'),
          sql<Date>`max(last_seen_at)`.as('lastAt'),
          sql<string>`(array_agg(title order by id))[1]`.as('title'),
          sql<number>`count(distinct service_id)::integer`.as('services'),
          some(sql`service_id`).as('serviceIds'),
          some(sql`said_by`).as('labels'),
          some(sql`said`).as('values'),
          sql<number>`count(said)::integer`.as('labelled'),
        ]),
    )
    .selectFrom('folded')
    .selectAll();
  if (page.after !== null) {
    const { live, count, id } = page.after;
    const none = id.endsWith('_none');
    query = query.where(
      sql<boolean>`(key is null, -live, -count, id) > (${none}::boolean, ${-live}::integer, ${-count}::bigint, ${id})`,
    );
  }
  return await query
    .orderBy(sql`key is null`)
    .orderBy('live', 'desc')
    .orderBy('count', 'desc')
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

/** Where an act goes on: the members of groups come first, those that ask for them last. */
export type ActPosition = { readonly asks: boolean; readonly id: string };

const ASKS = sql<boolean>`(quiet is distinct from 'grouped')`;

/** Alerts of a list, or of a row of it, that are in some states. */
export async function selectToActOn(
  ctx: Ctx,
  whose: Whose,
  of_: {
    readonly within: RawBuilder<boolean> | null;
    readonly states: readonly AlertState[];
    readonly untilId: string | null;
    readonly after: ActPosition | null;
    readonly limit: number;
  },
): Promise<ActPosition[]> {
  let query = of(ctx, whose)
    .select(['id', ASKS.as('asks')])
    .where('state', 'in', [...of_.states]);
  if (of_.within !== null) query = query.where(of_.within);
  if (of_.untilId !== null) query = query.where('id', '<=', of_.untilId);
  if (of_.after !== null)
    query = query.where(sql<boolean>`(${ASKS}, id) > (${of_.after.asks}::boolean, ${of_.after.id})`);
  return await query.orderBy(ASKS).orderBy('id').limit(of_.limit).execute();
}
