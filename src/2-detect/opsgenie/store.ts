import { type Expression, type ExpressionBuilder, type Insertable, type Selectable, sql, type SqlBool } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import type { Alert } from '../alert/alert.ts';
import { SHOWN } from '../alert/store.ts';
import type { AlertTables } from '../alert/tables.ts';
import type { Search, SearchField } from './search.ts';
import type { OpsgenieTables } from './tables.ts';

export type RequestRow = Selectable<OpsgenieTables['opsgenieRequest']>;

const tables = (database: Database) => database.withTables<OpsgenieTables>();

export async function insertRequest(
  database: Database,
  row: Insertable<OpsgenieTables['opsgenieRequest']>,
): Promise<void> {
  await tables(database).insertInto('opsgenieRequest').values(row).execute();
}

export async function findRequest(database: Database, source: AlertSourceRow, id: string): Promise<RequestRow | null> {
  const row = await tables(database)
    .selectFrom('opsgenieRequest')
    .selectAll()
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Forgets what was asked before an instant, in every workspace. */
export async function deleteRequests(database: Database, before: Date): Promise<void> {
  await tables(database).deleteFrom('opsgenieRequest').where('processedAt', '<', before).execute();
}

/** The alerts of a source that a search finds, the newest first. */
export async function searchAlerts(
  ctx: Ctx,
  sourceId: string,
  search: Search | null,
  page: { readonly limit: number; readonly offset: number },
): Promise<Alert[]> {
  const { limit, offset } = page;
  return await found(ctx, sourceId, search).select(SHOWN).orderBy('id', 'desc').limit(limit).offset(offset).execute();
}

export async function countFound(ctx: Ctx, sourceId: string, search: Search | null): Promise<number> {
  const row = await found(ctx, sourceId, search)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function found(ctx: Ctx, sourceId: string, search: Search | null) {
  const ofSource = ctx.transaction
    .withTables<AlertTables>()
    .selectFrom('alert')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('scope', '=', sourceId);
  return search === null ? ofSource : ofSource.where((eb) => holds(eb, search));
}

type Builder = ExpressionBuilder<AlertTables, 'alert'>;

function holds(eb: Builder, search: Search): Expression<SqlBool> {
  switch (search.op) {
    case 'and':
      return eb.and(search.of.map((one) => holds(eb, one)));
    case 'or':
      return eb.or(search.of.map((one) => holds(eb, one)));
    case 'not':
      return eb.not(holds(eb, search.of));
    case 'term':
      return termHolds(eb, search.field, search.value);
  }
}

function termHolds(eb: Builder, field: SearchField, value: string): Expression<SqlBool> {
  switch (field) {
    case 'status':
      return value === 'open'
        ? eb('state', '<>', 'closed')
        : eb('state', '=', value === 'closed' ? 'closed' : 'acknowledged');
    case 'acknowledged':
      return eb('state', value === 'true' ? '=' : '<>', 'acknowledged');
    case 'snoozed':
      return eb('snoozedUntil', value === 'true' ? 'is not' : 'is', null);
    case 'priority':
      return hasPriority(eb, value);
    case 'alertid':
      return eb('id', '=', value);
    case 'tinyid':
      return sql<boolean>`exists (select from opsgenie_tiny t where t.workspace_id = alert.workspace_id and t.alert_id = alert.id and t.tiny_id::text = ${value})`;
    case 'alias':
      return isLike(sql`dedup_key`, value);
    case 'message':
      return contains(sql`title`, value);
    case 'description':
      return contains(sql`evidence->>'description'`, value);
    case 'text':
      return eb.or([contains(sql`title`, value), contains(sql`dedup_key`, value), contains(sql`labels::text`, value)]);
    case 'source':
      return isLike(sql`coalesce(labels->>'source', alert_source_name)`, value);
    case 'tag':
      return sql<boolean>`exists (select from unnest(string_to_array(labels->>'tags', ', ')) tag where ${isLike(sql`tag`, value)})`;
    case 'responders':
      return contains(sql`labels->>'responders'`, value);
    default:
      return isLike(sql`labels->>${field.replace(/^details\./, '')}`, value);
  }
}

/** As an alert is shown: what its sender named, where that is as grave as the alert is by now. */
function hasPriority(eb: Builder, value: string): Expression<SqlBool> {
  const said = sql<boolean>`coalesce(labels->>'priority', '') = 'P2'`;
  switch (value) {
    case 'p1':
      return eb('severity', '=', 'critical');
    case 'p2':
      return eb.and([eb('severity', '=', 'error'), said]);
    case 'p3':
      return eb.and([eb('severity', '=', 'error'), eb.not(said)]);
    default:
      return eb('severity', '=', value === 'p4' ? 'warning' : 'info');
  }
}

/** Without regard to case; `*` stands for any text. What is not there is like nothing. */
function isLike(text: Expression<unknown>, value: string): Expression<boolean> {
  const pattern = value.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll(/\*+/g, '%');
  return sql<boolean>`coalesce(${text} ilike ${pattern}, false)`;
}

function contains(text: Expression<unknown>, value: string): Expression<boolean> {
  return isLike(text, `*${value}*`);
}
