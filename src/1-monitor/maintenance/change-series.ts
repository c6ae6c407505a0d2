import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS, formatDuration } from '#kernel/duration.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { CronFault, parseCron } from '../heartbeat/cron.ts';
import { planAhead, SHOWN_AHEAD } from './plan-ahead.ts';
import { nextOccurrences, type Occurrence, type Recurrence, shortestGapSeconds } from './repeat.ts';
import { requireTargets } from './require-targets.ts';
import {
  CLOSEST_SECONDS,
  type changeMaintenanceSeries,
  type createMaintenanceSeries,
  type previewMaintenanceSeries,
} from './series-contract.ts';
import { deletePlanned, insertSeries, lockSeries, type MaintenanceSeries, updateSeries } from './series-store.ts';

const FURTHEST_MS = 3_653 * DAY_MS;

type Wanted = RouteInput<typeof previewMaintenanceSeries>['body'];

/** The next times of a rule; refuses a rule by which nothing comes, or what `planSeries` refuses. */
export async function previewSeries(ctx: Ctx, wanted: Wanted): Promise<Occurrence[]> {
  const recurrence = withFirstDate(ctx, wanted);
  refuseRecurrence(ctx, recurrence);
  return nextOccurrences(recurrence, ctx.now, SHOWN_AHEAD);
}

/**
 * Plans maintenance that comes again. Refuses rules that cannot be read or by which nothing comes, beginnings that follow
 * each other too closely, and windows that would still run when the next one begins.
 */
export async function planSeries(
  ctx: Ctx,
  { title, serviceIds, monitorIds, ...wanted }: RouteInput<typeof createMaintenanceSeries>['body'],
): Promise<MaintenanceSeries> {
  const recurrence = withFirstDate(ctx, wanted);
  refuseRecurrence(ctx, recurrence);
  const targets = await requireTargets(ctx, { serviceIds, monitorIds });
  const id = ctx.newId('mse');
  await insertSeries(ctx, {
    id,
    title,
    ...recurrence,
    serviceIds: [...targets.serviceIds],
    monitorIds: [...targets.monitorIds],
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
    endedAt: null,
    endedBy: null,
    plannedUntil: ctx.now,
    planDueAt: ctx.now,
  });
  await audit(ctx, { action: 'maintenance.plan-series', subjectId: id, detail: { title, ...targets, ...recurrence } });
  await planAhead(ctx, await openSeries(ctx, id));
  ctx.touch('maintenance');
  return openSeries(ctx, id);
}

/** Changes what comes of a series: what is planned is planned anew, what has begun or was called off stays as it was. */
export async function changeSeries(
  ctx: Ctx,
  seriesId: string,
  change: RouteInput<typeof changeMaintenanceSeries>['body'],
): Promise<MaintenanceSeries> {
  const before = await openSeries(ctx, seriesId);
  const { title, serviceIds, monitorIds, ...rest } = change;
  const recurrence: Recurrence = {
    repeat: rest.repeat ?? before.repeat,
    timeZone: rest.timeZone ?? before.timeZone,
    durationSeconds: rest.durationSeconds ?? before.durationSeconds,
    fromDate: rest.fromDate ?? before.fromDate,
    untilDate: rest.untilDate === undefined ? before.untilDate : rest.untilDate,
  };
  refuseRecurrence(ctx, recurrence);
  const targets =
    serviceIds === undefined && monitorIds === undefined
      ? before
      : await requireTargets(ctx, {
          serviceIds: serviceIds ?? before.serviceIds,
          monitorIds: monitorIds ?? before.monitorIds,
        });
  await deletePlanned(ctx, seriesId);
  await updateSeries(ctx, seriesId, {
    title: title ?? before.title,
    ...recurrence,
    serviceIds: [...targets.serviceIds],
    monitorIds: [...targets.monitorIds],
    plannedUntil: ctx.now,
  });
  await audit(ctx, { action: 'maintenance.change-series', subjectId: seriesId, detail: change });
  await planAhead(ctx, await openSeries(ctx, seriesId));
  ctx.touch('maintenance');
  return lockedSeries(ctx, seriesId);
}

/** Ends a series: nothing of it begins any more. What runs goes on to its end. */
export async function endSeries(ctx: Ctx, seriesId: string): Promise<MaintenanceSeries> {
  await openSeries(ctx, seriesId);
  await deletePlanned(ctx, seriesId);
  await updateSeries(ctx, seriesId, { endedAt: ctx.now, endedBy: actorUserId(ctx.actor) });
  await audit(ctx, { action: 'maintenance.end-series', subjectId: seriesId });
  ctx.touch('maintenance');
  return lockedSeries(ctx, seriesId);
}

async function lockedSeries(ctx: Ctx, seriesId: string): Promise<MaintenanceSeries> {
  const series = await lockSeries(ctx, seriesId);
  if (!series) throw notFound('maintenance series', seriesId);
  return series;
}

async function openSeries(ctx: Ctx, seriesId: string): Promise<MaintenanceSeries> {
  const series = await lockedSeries(ctx, seriesId);
  if (series.endedAt !== null) throw conflict('This series is over already.');
  return series;
}

function withFirstDate({ now }: Ctx, { fromDate, ...rest }: Wanted): Recurrence {
  const today = () => Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(rest.timeZone);
  return { ...rest, fromDate: fromDate ?? today().toPlainDate().toString() };
}

/** Refuses rules that cannot be read or by which nothing comes, and times that follow each other too closely. */
export function refuseRecurrence({ now }: Pick<Ctx, 'now'>, recurrence: Recurrence): void {
  const { repeat, durationSeconds, fromDate, untilDate } = recurrence;
  if (Date.parse(fromDate) > now.getTime() + FURTHEST_MS)
    throw invalid('body.fromDate', 'must lie within the next ten years');
  if (untilDate !== null && untilDate < fromDate) throw invalid('body.untilDate', 'must not lie before the first date');
  if (repeat.every === 'cron') refuseExpression(repeat.expression);
  if (nextOccurrences(recurrence, now, 1).length === 0)
    throw invalid('body.repeat', 'never begins from now on; look at its days and at the last date');
  const gapSeconds = shortestGapSeconds(recurrence, now);
  if (gapSeconds === null) return;
  if (gapSeconds < CLOSEST_SECONDS)
    throw invalid('body.repeat', `must not begin more often than every ${formatDuration(CLOSEST_SECONDS)}`);
  if (gapSeconds < durationSeconds)
    throw invalid('body.durationSeconds', `must end before the next one begins, ${formatDuration(gapSeconds)} later`);
}

function refuseExpression(expression: string): void {
  try {
    parseCron(expression);
  } catch (error) {
    if (error instanceof CronFault) throw invalid('body.repeat.expression', error.message);
    throw error;
  }
}
