import { keyWords } from '#kernel/actor.ts';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import { insertEntries, type NewEntry } from '../journal/store.ts';
import type { PageState } from './contract.ts';
import { LIVE_STATES, type Page } from './page.ts';
import type { PageTables } from './tables.ts';

export type NoticeRow = Selectable<PageTables['pageNotice']>;

const tables = (database: Database) => database.withTables<PageTables>();

export async function insertPage(ctx: Ctx, page: Page): Promise<void> {
  await tables(ctx.transaction)
    .insertInto('page')
    .values({ ...page, workspaceId: ctx.workspaceId, document: JSON.stringify(page.document) })
    .execute();
  if (page.state !== 'held') return;
  const text = 'Waits for business hours.';
  await insertEntries(ctx, [{ pageId: page.id, kind: 'held', dueAt: page.startsAt, text }]);
}

export async function findPage(ctx: Ctx, id: string): Promise<Page | undefined> {
  return tables(ctx.transaction)
    .selectFrom('page')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The page with its row locked: whatever moves a page does so alone. */
export async function lockPage(ctx: Ctx, id: string): Promise<Page | undefined> {
  return tables(ctx.transaction)
    .selectFrom('page')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Locks the rows of several pages, always in the same order, so that two who do so never wait for each other. */
export async function lockPages(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await tables(ctx.transaction)
    .selectFrom('page')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Moves a page if it is in one of the states; undefined when it is not. */
export async function movePage(
  ctx: Ctx,
  id: string,
  from: readonly PageState[],
  values: Updateable<PageTables['page']>,
): Promise<Page | undefined> {
  const moved = await tables(ctx.transaction)
    .updateTable('page')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst();
  if (moved && values.state !== undefined) await journalEnd(ctx, moved);
  return moved;
}

/** The journal says how a page came to its end, whoever brought it about. */
async function journalEnd(ctx: Ctx, page: Page): Promise<void> {
  const { id: pageId, state, acknowledgedBy: userId, acknowledgedChannel: channel } = page;
  if (state === 'acknowledged')
    await insertEntries(ctx, [
      { pageId, userId, channel, kind: 'acknowledged', text: `Acknowledged${keyWords(ctx.actor)}: on it.` },
    ]);
  if (state === 'stopped')
    await insertEntries(ctx, [{ pageId, kind: 'ended', text: `Over: ${page.stopReason ?? 'it was stopped'}.` }]);
}

export type PageFilter = {
  readonly state?: PageState | undefined;
  readonly states?: readonly PageState[];
  /** False leaves paging drills out. */
  readonly drills?: boolean | undefined;
  readonly alertId?: string | undefined;
  readonly ids?: readonly string[];
  readonly alertIds?: readonly string[];
  readonly incidentId?: string | undefined;
};

function selectPages(ctx: Ctx, filter: PageFilter) {
  let query = tables(ctx.transaction).selectFrom('page').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.states) query = query.where('state', 'in', filter.states);
  if (filter.drills === false) query = query.where('cause', '!=', 'drill');
  if (filter.alertId) query = query.where('alertId', '=', filter.alertId);
  if (filter.ids) query = query.where('id', 'in', filter.ids);
  if (filter.alertIds) query = query.where('alertId', 'in', filter.alertIds);
  if (filter.incidentId) query = query.where('incidentId', '=', filter.incidentId);
  return query;
}

/** Every page that fits, oldest first; at most 1,000. */
export async function findPages(ctx: Ctx, filter: PageFilter): Promise<Page[]> {
  if (filter.alertIds?.length === 0 || filter.ids?.length === 0) return [];
  return selectPages(ctx, filter).orderBy('id').limit(1_000).execute();
}

/** Newest first, one row more than the limit. */
export async function findPagesAfter(ctx: Ctx, filter: PageFilter, query: PageQuery): Promise<Page[]> {
  const after = readCursor(query, /^pag_[a-z0-9]{1,64}$/);
  const pages = selectPages(ctx, filter);
  return (after === null ? pages : pages.where('id', '<', after))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
}

/** Links the pages of alerts that are not over to the incident that was declared from them. */
export async function linkPages(ctx: Ctx, alertIds: readonly string[], incidentId: string): Promise<Page[]> {
  if (alertIds.length === 0) return [];
  return tables(ctx.transaction)
    .updateTable('page')
    .set({ incidentId })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertId', 'in', alertIds)
    .where('incidentId', 'is', null)
    .where('state', 'in', ['held', 'open', 'acknowledged'])
    .returningAll()
    .execute();
}

/** Pages of every workspace whose next step or next message is due: the oldest first, where they are due at one moment. */
export async function findDuePages(system: System, now: Date, limit: number) {
  const steps = tables(system.database)
    .selectFrom('page')
    .select(['workspaceId', 'id as pageId'])
    .where('state', 'in', LIVE_STATES)
    .where('nextStepAt', '<=', now)
    .orderBy('nextStepAt')
    .orderBy('id')
    .limit(limit);
  const notices = tables(system.database)
    .selectFrom('pageNotice')
    .select(['workspaceId', 'pageId'])
    .where('state', '=', 'planned')
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .orderBy('pageId')
    .limit(limit);
  const rows = [...(await steps.execute()), ...(await notices.execute())];
  return [...new Map(rows.map((row) => [row.pageId, row])).values()];
}

/** Adds messages that are not there yet; those of an earlier run stay as they are. */
export async function insertNotices(ctx: Ctx, notices: readonly Insertable<PageTables['pageNotice']>[]): Promise<void> {
  if (notices.length === 0) return;
  const added = await tables(ctx.transaction)
    .insertInto('pageNotice')
    .values([...notices])
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute();
  await insertEntries(ctx, added.map(plannedEntry));
}

const QUIET = 'Waits until their quiet hours end, since the page is of low urgency.';

function plannedEntry(notice: NoticeRow): NewEntry {
  const { pageId, userId, kind: channel, step, cycle, dueAt, quietUntil, deliveryId, state } = notice;
  const about = { pageId, userId, channel, step, cycle, dueAt, deliveryId };
  if (state === 'cancelled') return { ...about, kind: 'cancelled', text: 'Not sent: there is nowhere to send it to.' };
  const later = quietUntil === null ? 'Due later, by their notification rules.' : QUIET;
  const text = state === 'queued' || state === 'folded' ? 'Due at once.' : later;
  return { ...about, kind: 'planned', text };
}

/** The messages of pages in the order in which they go out. */
export async function findNotices(ctx: Ctx, pageIds: readonly string[]): Promise<NoticeRow[]> {
  if (pageIds.length === 0) return [];
  return tables(ctx.transaction)
    .selectFrom('pageNotice')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', 'in', pageIds)
    .orderBy('cycle')
    .orderBy('step')
    .orderBy('dueAt')
    .execute();
}

/** Writes what became of a planned message. */
export async function replaceNotice(
  ctx: Ctx,
  { state, deliveryId, dueAt, quietUntil, ...key }: NoticeRow,
): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('pageNotice')
    .set({ state, deliveryId, dueAt, quietUntil })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', '=', key.pageId)
    .where('userId', '=', key.userId)
    .where('contactMethodId', '=', key.contactMethodId)
    .where('step', '=', key.step)
    .where('cycle', '=', key.cycle)
    .where('delaySeconds', '=', key.delaySeconds)
    .execute();
}

/** Messages to a person that wait for the end of quiet hours. */
export async function findQuietNotices(ctx: Ctx, userId: string): Promise<NoticeRow[]> {
  return tables(ctx.transaction)
    .selectFrom('pageNotice')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('state', '=', 'planned')
    .where('quietUntil', '>', ctx.now)
    .execute();
}

/** Whoever is asked again while a message to them waits for the end of quiet hours is told once then, and not once a step. */
export async function supersedeNotices(
  ctx: Ctx,
  pageId: string,
  planned: readonly NoticeRow[],
  earlier: readonly NoticeRow[],
): Promise<void> {
  const again = new Set(planned.map(({ userId }) => userId));
  const waiting = earlier.filter(({ userId, ...notice }) => again.has(userId) && isQuiet(notice, ctx.now));
  if (waiting.length === 0) return;
  const superseded = await tables(ctx.transaction)
    .updateTable('pageNotice')
    .set({ state: 'cancelled' })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', '=', pageId)
    .where(
      'userId',
      'in',
      waiting.map(({ userId }) => userId),
    )
    .where('state', '=', 'planned')
    .where('quietUntil', '>', ctx.now)
    .returningAll()
    .execute();
  const text = 'Not sent: a later step asks them again, and tells them then.';
  await insertEntries(
    ctx,
    superseded.map((notice) => ({ ...cancelledEntry(notice), text })),
  );
}

/** Whether a message waits for the end of quiet hours. */
export function isQuiet({ state, quietUntil }: Pick<NoticeRow, 'state' | 'quietUntil'>, now: Date): boolean {
  return state === 'planned' && quietUntil !== null && quietUntil > now;
}

export type NoticesOf = { readonly pageId: string; readonly userId?: string } | { readonly userId: string };

/** Cancels what was planned and not sent, of one page, of one person, or of a page to a person. */
export async function cancelNotices(ctx: Ctx, of: NoticesOf): Promise<void> {
  let query = tables(ctx.transaction)
    .updateTable('pageNotice')
    .set({ state: 'cancelled' })
    .where('workspaceId', '=', ctx.workspaceId)
    .where((eb) =>
      eb.or([eb('state', '=', 'planned'), eb.and([eb('state', '=', 'folded'), eb('deliveryId', 'is', null)])]),
    );
  if ('pageId' in of) query = query.where('pageId', '=', of.pageId);
  if (of.userId !== undefined) query = query.where('userId', '=', of.userId);
  const cancelled = await query.returningAll().execute();
  await insertEntries(ctx, cancelled.map(cancelledEntry));
}

function cancelledEntry({ pageId, userId, kind: channel, step, cycle, dueAt }: NoticeRow): NewEntry {
  const text = 'Not sent: nobody needs it any more.';
  return { pageId, userId, channel, step, cycle, dueAt, kind: 'cancelled', text };
}

/** Open pages that have asked nobody by a proper method: somebody became reachable, so they begin again. */
export async function rewakeUnreached(ctx: Ctx): Promise<string[]> {
  const rows = await tables(ctx.transaction)
    .updateTable('page')
    .set({ nextStepAt: ctx.now, step: -1, cycle: 0 })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '=', 'open')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('pageNotice')
            .select('pageNotice.pageId')
            .whereRef('pageNotice.workspaceId', '=', 'page.workspaceId')
            .whereRef('pageNotice.pageId', '=', 'page.id')
            .where('pageNotice.contactMethodId', '!=', 'account'),
        ),
      ),
    )
    // A step that tells channels alone waits because the policy says so, and somebody is asked after it anyway.
    .where(({ not, exists, selectFrom, or }) =>
      or([
        exists(
          selectFrom('pageNotice')
            .select('pageNotice.pageId')
            .whereRef('pageNotice.workspaceId', '=', 'page.workspaceId')
            .whereRef('pageNotice.pageId', '=', 'page.id'),
        ),
        not(
          exists(
            selectFrom('pagePost')
              .select('pagePost.pageId')
              .whereRef('pagePost.workspaceId', '=', 'page.workspaceId')
              .whereRef('pagePost.pageId', '=', 'page.id'),
          ),
        ),
      ]),
    )
    .returning('id')
    .execute();
  const text = 'Somebody can be reached now.';
  await insertEntries(
    ctx,
    rows.map(({ id: pageId }) => ({ pageId, kind: 'hurried', text })),
  );
  return rows.map(({ id }) => id);
}

/** Pages that are not over, counted by state and urgency; drills left out. */
export function countLivePages(ctx: Ctx) {
  return tables(ctx.transaction)
    .selectFrom('page')
    .select((eb) => ['state', 'urgency', eb.fn.countAll<number>().as('count')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', 'in', ['open', 'acknowledged'])
    .where('drill', '=', false)
    .groupBy(['state', 'urgency'])
    .orderBy('state')
    .orderBy('urgency')
    .execute();
}

/** Pages of every workspace whose step was due before an instant and that nobody has moved. */
export async function countOverduePages(database: Database, before: Date): Promise<number> {
  const row = await tables(database)
    .selectFrom('page')
    .select((eb) => eb.fn.countAll<string>().as('overdue'))
    .where('state', 'in', ['held', 'open', 'acknowledged'])
    .where('nextStepAt', '<', before)
    .executeTakeFirstOrThrow();
  return Number(row.overdue);
}
