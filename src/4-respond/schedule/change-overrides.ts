import { allows, audit, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { readSchedule } from './change-schedules.ts';
import type { ScheduleOverrideView } from './contract.ts';
import { presentOverride } from './present.ts';
import type { Override } from './schedule.ts';
import {
  countOverrides,
  deleteOverrideRow,
  endOverrideRow,
  findOverrides,
  findOverridePage,
  insertOverride,
  lockOverride,
  type OverrideRow,
  updateOverrideRow,
} from './store.ts';

export type WantedOverride = {
  readonly kind: Override['kind'];
  readonly userId: string;
  readonly replacedUserId?: string | null | undefined;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason?: string | undefined;
};

const LONGEST_MS = 366 * DAY_MS;
const FARTHEST_MS = 2 * LONGEST_MS;
/** Enough for two overrides a day through a year, and few enough to look through at every page. */
const MOST_OPEN = 1_000;
/** At one instant. Each of them is named in each stretch that it shapes, so hundreds at once would be a long list many times over. */
const MOST_AT_ONCE = 50;

/** Overrides that touch a span, in the order in which they are applied; all that have not ended when no span is named. */
export async function listScheduleOverrides(
  ctx: Ctx,
  scheduleId: string,
  query: PageQuery & { readonly from?: string | undefined; readonly to?: string | undefined },
) {
  await readSchedule(ctx, scheduleId);
  const span = { from: query.from ? new Date(query.from) : ctx.now, to: query.to ? new Date(query.to) : null };
  return pageOf(await findOverridePage(ctx, scheduleId, span, query), query, ({ id }) => id, presentOverride);
}

/** Adds, removes or replaces somebody for a span from now on. Without `schedules.manage` only for oneself. */
export async function createScheduleOverride(
  ctx: Ctx,
  scheduleId: string,
  wanted: WantedOverride,
): Promise<ScheduleOverrideView> {
  await readSchedule(ctx, scheduleId);
  assertMay(ctx, wanted);
  return writeOverride(ctx, scheduleId, wanted);
}

/** Writes an override for whoever has been let in; refuses spans in the past and people who cannot be on call. */
export async function writeOverride(
  ctx: Ctx,
  scheduleId: string,
  wanted: WantedOverride,
): Promise<ScheduleOverrideView> {
  const { kind, userId, reason = null } = wanted;
  const replacedUserId = wanted.replacedUserId ?? null;
  if (kind !== 'replace' && replacedUserId !== null)
    throw invalid('body.replacedUserId', 'belongs to the kind replace alone');
  if (replacedUserId === userId) throw invalid('body.replacedUserId', 'is the same person');
  await assertMember(ctx, 'body.userId', userId, kind !== 'remove');
  if (replacedUserId !== null) await assertMember(ctx, 'body.replacedUserId', replacedUserId, false);
  const { startsAt, endsAt } = spanOf(ctx, wanted);
  if ((await countOverrides(ctx, scheduleId, ctx.now)) >= MOST_OPEN)
    throw new AppError(
      'limit',
      `A schedule has at most ${MOST_OPEN} open overrides. Take some back, or change its plan.`,
    );
  await assertRoom(ctx, scheduleId, { startsAt, endsAt });
  const row = await insertOverride(ctx, {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('ovr'),
    scheduleId,
    kind,
    userId,
    replacedUserId,
    startsAt,
    endsAt,
    reason,
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
  });
  await audit(ctx, { action: 'schedule-override.create', subjectId: row.id, detail: { scheduleId, ...wanted } });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
  return presentOverride(row);
}

/**
 * Moves an override, or changes its reason; what is not named stays. Of one that has begun only the end moves; one that
 * has ended is history and stays.
 */
export async function changeScheduleOverride(
  ctx: Ctx,
  id: string,
  change: {
    readonly startsAt?: string | undefined;
    readonly endsAt?: string | undefined;
    readonly reason?: string | null | undefined;
  },
): Promise<ScheduleOverrideView> {
  const row = await lockOverride(ctx, id);
  if (!row) throw notFound('schedule override', id);
  assertMay(ctx, row);
  if (row.endsAt <= ctx.now) throw conflict('This override has ended; the past never changes.');
  const { reason = row.reason } = change;
  const span = movedSpan(ctx, row, change);
  await assertRoom(ctx, row.scheduleId, span, id);
  const changed = await updateOverrideRow(ctx, id, { ...span, reason });
  await audit(ctx, {
    action: 'schedule-override.change',
    subjectId: id,
    detail: {
      scheduleId: row.scheduleId,
      before: { startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString(), reason: row.reason },
      after: { startsAt: changed.startsAt.toISOString(), endsAt: changed.endsAt.toISOString(), reason },
    },
  });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
  return presentOverride(changed);
}

/** Takes an override back. One that has begun ends now; one that has ended is history and stays. */
export async function deleteScheduleOverride(ctx: Ctx, id: string): Promise<void> {
  const row = await lockOverride(ctx, id);
  if (!row) throw notFound('schedule override', id);
  assertMay(ctx, row);
  if (row.endsAt <= ctx.now) throw conflict('This override has ended; the past never changes.');
  if (row.startsAt < ctx.now) await endOverrideRow(ctx, id, ctx.now);
  else await deleteOverrideRow(ctx, id);
  await audit(ctx, { action: 'schedule-override.delete', subjectId: id, detail: { scheduleId: row.scheduleId } });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
}

/** Whoever manages schedules may do all; others may put themselves on call, also in somebody's place. */
function assertMay(ctx: Ctx, { kind, userId }: Pick<OverrideRow, 'kind' | 'userId'>): void {
  if (ctx.actor.kind === 'system' || allows(ctx.actor.role, 'schedules.manage')) return;
  if (kind !== 'remove' && userId === ctx.actor.userId) return;
  throw new AppError(
    'forbidden',
    'You may put only yourself on call. Ask an owner or admin to put on, or take off, somebody else.',
  );
}

type Dates = { readonly startsAt: Date; readonly endsAt: Date };

/** Refuses a span somewhere in which as many overrides hold already as may; `movedId` is the one that is moved there. */
async function assertRoom(ctx: Ctx, scheduleId: string, span: Dates, movedId?: string): Promise<void> {
  const others = await findOverrides(ctx, [scheduleId], span.startsAt, span.endsAt);
  if (
    mostAtOnce(
      others.filter(({ id }) => id !== movedId),
      span,
    ) >= MOST_AT_ONCE
  )
    throw new AppError('limit', `At most ${MOST_AT_ONCE} overrides of a schedule hold at once. Take some back first.`);
}

/** How many of some spans that touch another hold at once at any time of it. */
function mostAtOnce(spans: readonly Dates[], inside: Dates): number {
  const steps = spans.flatMap(({ startsAt, endsAt }) => [
    { atMs: Math.max(startsAt.getTime(), inside.startsAt.getTime()), by: 1 },
    { atMs: Math.min(endsAt.getTime(), inside.endsAt.getTime()), by: -1 },
  ]);
  let now = 0;
  let most = 0;
  // What ends at an instant makes room for what begins at it.
  for (const { by } of steps.toSorted((one, other) => one.atMs - other.atMs || one.by - other.by))
    most = Math.max(most, (now += by));
  return most;
}

async function assertMember(ctx: Ctx, path: string, userId: string, mustBeActive: boolean): Promise<void> {
  const person = await readUser(ctx, userId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (!person) throw invalid(path, `${userId} is not a member of this workspace`);
  if (mustBeActive && !person.active) throw invalid(path, `${person.name} is deactivated and cannot be on call`);
}

function movedSpan(
  ctx: Ctx,
  row: Pick<OverrideRow, 'startsAt' | 'endsAt'>,
  change: { readonly startsAt?: string | undefined; readonly endsAt?: string | undefined },
): Dates {
  const { startsAt = row.startsAt.toISOString(), endsAt = row.endsAt.toISOString() } = change;
  if (row.startsAt >= ctx.now) return spanOf(ctx, { startsAt, endsAt });
  if (Date.parse(startsAt) !== row.startsAt.getTime())
    throw invalid('body.startsAt', 'has passed and stays as it is: the past never changes; only the end can move');
  const end = new Date(endsAt);
  if (end <= ctx.now) throw invalid('body.endsAt', 'must be after now; take the override back to end it now');
  if (end.getTime() - row.startsAt.getTime() > LONGEST_MS)
    throw invalid('body.endsAt', 'is more than a year after the start');
  return { startsAt: row.startsAt, endsAt: end };
}

function spanOf(ctx: Ctx, wanted: Pick<WantedOverride, 'startsAt' | 'endsAt'>): Dates {
  const startMs = Date.parse(wanted.startsAt);
  const endMs = Date.parse(wanted.endsAt);
  const nowMs = ctx.now.getTime();
  if (startMs < nowMs - MINUTE_MS)
    throw invalid('body.startsAt', 'lies in the past, which never changes; begin now or later');
  if (endMs <= Math.max(startMs, nowMs)) throw invalid('body.endsAt', 'must be after the start, and after now');
  if (endMs - startMs > LONGEST_MS) throw invalid('body.endsAt', 'is more than a year after the start');
  if (startMs > nowMs + FARTHEST_MS) throw invalid('body.startsAt', 'lies more than two years ahead');
  return { startsAt: new Date(Math.max(startMs, nowMs)), endsAt: new Date(endMs) };
}
