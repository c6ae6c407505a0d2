import { allows, audit, listTeams, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { digest } from '#platform/secrets.ts';
import { readSchedule } from '../schedule/change-schedules.ts';
import { CALENDAR_FEED_LIMIT, type CalendarFeedView } from './contract.ts';
import { type FeedRow, findFeed, findFeeds, insertFeed, markRevoked } from './store.ts';

type Wanted = { readonly kind: CalendarFeedView['kind']; readonly subjectId?: string | undefined };

const mayManage = (ctx: Ctx) => ctx.actor.kind === 'system' || allows(ctx.actor.role, 'schedules.manage');

/** One's own feeds, newest first; everybody's for those who manage schedules. */
export async function listCalendarFeeds(ctx: Ctx, query: PageQuery) {
  const maker = mayManage(ctx) ? null : (actorUserId(ctx.actor) ?? '');
  return pageOf(await findFeeds(ctx, maker, query), query, ({ id }) => id, present);
}

/** Makes a feed. The address is in the answer and nowhere else; refuses subjects that do not exist. */
export async function createCalendarFeed(
  ctx: Ctx,
  publicUrl: string,
  { kind, subjectId: wanted }: Wanted,
): Promise<CalendarFeedView & { url: string }> {
  const createdBy = actorUserId(ctx.actor);
  if (createdBy === null) throw new AppError('forbidden', 'Only a person can make a calendar address.');
  const subjectId = wanted ?? (kind === 'person' ? createdBy : null);
  if (subjectId === null) throw invalid('body.subjectId', `names the ${kind}`);
  await assertSubject(ctx, kind, subjectId);
  const own = await findFeeds(ctx, createdBy, { limit: CALENDAR_FEED_LIMIT });
  if (own.length >= CALENDAR_FEED_LIMIT)
    throw new AppError('limit', `A person has at most ${CALENDAR_FEED_LIMIT} calendar addresses. Revoke one first.`);
  const key = newSecret('cal');
  const row: FeedRow = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('cal'),
    kind,
    subjectId,
    keyDigest: digest(key),
    createdAt: ctx.now,
    createdBy,
    revokedAt: null,
  };
  await insertFeed(ctx, row);
  await audit(ctx, { action: 'calendar-feed.create', subjectId: row.id, detail: { kind, subjectId } });
  ctx.touch('calendar-feeds');
  return { ...present(row), url: `${publicUrl}/calendar/${key}.ics` };
}

/** Takes a feed out of use, one's own or, for those who manage schedules, anybody's. */
export async function revokeCalendarFeed(ctx: Ctx, id: string): Promise<void> {
  const row = await findFeed(ctx, id);
  if (!row || (row.createdBy !== actorUserId(ctx.actor) && !mayManage(ctx))) throw notFound('calendar feed', id);
  await markRevoked(ctx, id);
  await audit(ctx, { action: 'calendar-feed.revoke', subjectId: id });
  ctx.touch('calendar-feeds');
}

async function assertSubject(ctx: Ctx, kind: FeedRow['kind'], subjectId: string): Promise<void> {
  if (kind === 'person') await readUser(ctx, subjectId);
  else if (kind === 'schedule') await readSchedule(ctx, subjectId);
  else if ((await listTeams(ctx, [subjectId])).length === 0) throw notFound('team', subjectId);
}

function present({ id, kind, subjectId, createdAt, createdBy }: FeedRow): CalendarFeedView {
  return { id, kind, subjectId, createdAt: createdAt.toISOString(), createdBy };
}
