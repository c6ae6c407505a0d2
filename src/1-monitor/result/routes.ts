import { z } from 'zod';
import { readWorkspace } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import { instant } from '#kernel/schema.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { readLatency } from '../latency/read-latency.ts';
import { readPresentMonitor } from '../monitor/read-monitors.ts';
import { listStateIntervals } from '../state-interval/list-state-intervals.ts';
import { timelineOf } from '../state-interval/timeline.ts';
import { daysOf, uptimeOf } from '../state-interval/uptime.ts';
import {
  getArtefact,
  getDays,
  getLatency,
  getUptime,
  listFailures,
  listResults,
  listStates,
  listStepRuns,
} from './contract.ts';
import { selectArtefact } from './artefact-store.ts';
import { selectFailurePage } from './failure-store.ts';
import { placeOf, streamsOf } from '../vantage/streams.ts';
import { RESULT_DAYS } from './retention.ts';
import { spanOf } from './span.ts';
import { selectResultPage } from './store.ts';
import { selectSteps } from './step-store.ts';

const position = z.object({ before: instant });
const resultPosition = z.object({ before: instant, number: z.number().int() });

export const resultRoutes: readonly RouteBinding[] = [
  bind(listResults, async (ctx, { params, query }) => {
    const places = await streamsOf(ctx, await readPresentMonitor(ctx, params.id), query.locationId);
    const cursor = readCursor(query.cursor, resultPosition);
    const kept = new Date(ctx.now.getTime() - (RESULT_DAYS + 1) * DAY_MS);
    const since = query.from === undefined || new Date(query.from) < kept ? kept : new Date(query.from);
    const end = query.to === undefined ? null : { dueAt: new Date(query.to), number: 0 };
    const before = cursor === null ? end : { dueAt: new Date(cursor.before), number: cursor.number };
    const rows = await selectResultPage(ctx, { numbers: [...places.keys()], before, since, limit: query.limit + 1 });
    const page = pageOf(rows, query.limit, ({ dueAt, number }) => ({ before: dueAt, number }));
    return {
      ...page,
      items: page.items.map(({ number, ...row }) => ({ ...row, locationId: placeOf(number, places) })),
    };
  }),
  bind(listFailures, async (ctx, { params, query }) => {
    await readPresentMonitor(ctx, params.id);
    const before = readCursor(query.cursor, position);
    const rows = await selectFailurePage(ctx, params.id, before && new Date(before.before), query.limit + 1);
    const page = pageOf(rows, query.limit, ({ dueAt }) => ({ before: dueAt.toISOString() }));
    return { ...page, items: page.items.map(({ evidence }) => evidence) };
  }),
  bind(listStepRuns, async (ctx, { params, query }) => {
    const monitor = await readPresentMonitor(ctx, params.id);
    const rows = await selectSteps(ctx, monitor.id, query.locationId, query.limit);
    return {
      items: rows.map(({ locationId, dueAt, outcome, totalMs, steps }) => ({
        locationId,
        dueAt: dueAt.toISOString(),
        outcome,
        totalMs,
        steps: [...steps],
      })),
    };
  }),
  bind(getArtefact, async (ctx, { params, query }) => {
    await readPresentMonitor(ctx, params.id);
    const found = await selectArtefact(ctx, params.id, params.artefactId, query.part);
    if (!found) throw notFound(query.part, params.artefactId);
    const contentType = query.part === 'picture' ? 'image/jpeg' : 'application/zip';
    return { takenAt: found.takenAt.toISOString(), contentType, base64: found.bytes.toString('base64') };
  }),
  bind(getLatency, async (ctx, { params, query }) => {
    const places = await streamsOf(ctx, await readPresentMonitor(ctx, params.id), query.locationId);
    return readLatency(ctx, [...places.keys()], spanOf(query, ctx.now, '24h'));
  }),
  bind(getUptime, async (ctx, { params, query }) => {
    await readPresentMonitor(ctx, params.id);
    const { from, to } = spanOf(query, ctx.now, '30d');
    const intervals = await listStateIntervals(ctx, { monitorIds: [params.id], from, to });
    return uptimeOf(intervals, from, to, ctx.now);
  }),
  bind(listStates, async (ctx, { params, query }) => {
    await readPresentMonitor(ctx, params.id);
    const { from, to } = spanOf(query, ctx.now, '24h');
    const intervals = await listStateIntervals(ctx, { monitorIds: [params.id], from, to });
    const { from: shownFrom, items } = timelineOf(intervals, from, to);
    return { from: shownFrom.toISOString(), to: to.toISOString(), items };
  }),
  bind(getDays, async (ctx, { params, query }) => {
    await readPresentMonitor(ctx, params.id);
    const timeZone = query.timeZone ?? (await readWorkspace(ctx)).timeZone;
    const last = todayIn(timeZone, ctx.now);
    const first = last.subtract({ days: query.days - 1 });
    const from = new Date(first.toZonedDateTime({ timeZone }).epochMilliseconds);
    const intervals = await listStateIntervals(ctx, { monitorIds: [params.id], from, to: ctx.now });
    return { timeZone, items: daysOf(intervals, { first, last, timeZone }, ctx.now) };
  }),
];

function todayIn(timeZone: string, now: Date): Temporal.PlainDate {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  } catch {
    throw invalid('query.timeZone', 'expected the name of a time zone such as Europe/Berlin');
  }
}
