import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { JournalTables } from '../journal/tables.ts';
import type { PageTables } from '../page/tables.ts';

/** A page that reached somebody, and when it did first. */
export type Ringing = { readonly userId: string; readonly at: Date };

/** Pages that reached people in a span, each once per person, in order; no drills. Of one schedule: those that ask it. */
export async function findRingings(
  ctx: Ctx,
  from: Date,
  to: Date,
  scheduleId: string | undefined,
): Promise<readonly Ringing[]> {
  let rows = ctx.transaction
    .withTables<JournalTables & Pick<PageTables, 'page'>>()
    .selectFrom('pageEntry')
    .innerJoin('page', (join) =>
      join.onRef('page.workspaceId', '=', 'pageEntry.workspaceId').onRef('page.id', '=', 'pageEntry.pageId'),
    )
    .select(['pageEntry.userId', (select) => select.fn.min('pageEntry.at').as('at')])
    .where('pageEntry.workspaceId', '=', ctx.workspaceId)
    .where('pageEntry.kind', '=', 'handed-over')
    .where('pageEntry.at', '>=', from)
    .where('pageEntry.at', '<', to)
    .where('pageEntry.userId', 'is not', null)
    .where('page.drill', '=', false);
  if (scheduleId !== undefined)
    rows = rows.where(
      sql<boolean>`jsonb_path_exists(page.document, '$.steps[*].targets[*] ? (@.scheduleId == $id)', jsonb_build_object('id', ${scheduleId}::text))`,
    );
  const found = await rows.groupBy(['pageEntry.userId', 'pageEntry.pageId']).orderBy('at').execute();
  return found.flatMap(({ userId, at }) => (userId === null ? [] : [{ userId, at }]));
}
