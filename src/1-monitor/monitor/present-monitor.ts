import { allows } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import { suggestAllowedTarget } from '#platform/address-guard.ts';
import type { Ctx } from '#platform/ctx.ts';
import { nextGridPointMs } from '../check/grid.ts';
import { selectConfigKeyOf } from '../config/store.ts';
import { isAsked } from '../kind/kinds.ts';
import { readRunning } from '../maintenance/running.ts';
import { runningSince } from '../heartbeat/beat.ts';
import type { Uptime } from '../result/contract.ts';
import { selectFailurePage } from '../result/failure-store.ts';
import { RESULT_DAYS } from '../result/retention.ts';
import { isAnswered, type NumberedResult, type Recent, selectRecent, selectResultPage } from '../result/store.ts';
import { placeOffsetMs } from '../vantage/place-offset.ts';
import { presentPlaces } from '../vantage/present-places.ts';
import { placeOf, streamsOf } from '../vantage/streams.ts';
import { selectPreviousKeyUntil } from '../sender-key/store.ts';
import { listStateIntervals } from '../state-interval/list-state-intervals.ts';
import { uptimeOf } from '../state-interval/uptime.ts';
import { flappingSince } from '../verdict/flapping.ts';
import type { Monitor, MonitorRow } from './contract.ts';
import { worstCaseDetectionSeconds } from './read-monitors.ts';
import type { MonitorRecord } from './store.ts';

const SPARKLINE_POINTS = 30;
const UPTIME_DAYS = 30;

/** Rows of a list: the last checks and the uptime of all of them in two queries. */
export async function presentRows(ctx: Ctx, records: readonly MonitorRecord[]): Promise<MonitorRow[]> {
  if (records.length === 0) return [];
  const longestMs = Math.max(...records.map(({ intervalMs }) => intervalMs));
  // Looking no further back than needed keeps old partitions closed.
  const since = daysBefore(ctx.now, Math.min(RESULT_DAYS, Math.ceil((longestMs * SPARKLINE_POINTS) / DAY_MS) + 1));
  const recent = await selectRecent(
    ctx,
    records.map(({ shownNumber }) => shownNumber),
    since,
    SPARKLINE_POINTS,
  );
  const from = daysBefore(ctx.now, UPTIME_DAYS);
  const intervals = await listStateIntervals(ctx, { monitorIds: records.map(({ id }) => id), from, to: ctx.now });
  const own = Map.groupBy(intervals, ({ monitorId }) => monitorId);
  const running = await readRunning(ctx);
  return records.map((record) => ({
    ...presentRow(
      ctx,
      record,
      recent.get(record.shownNumber),
      uptimeOf(own.get(record.id) ?? [], from, ctx.now, ctx.now),
    ),
    maintenance: running.ofMonitor(record),
  }));
}

/** Everything about one monitor. */
export async function presentMonitor(ctx: Ctx, record: MonitorRecord): Promise<Monitor> {
  const [row] = await presentRows(ctx, [record]);
  if (!row) throw new Error('Invariant broken: one monitor makes one row');
  const since = daysBefore(ctx.now, RESULT_DAYS);
  const places = await streamsOf(ctx, record, undefined);
  const asked = { numbers: [...places.keys()], before: null, since, limit: 1 };
  const [last] = await selectResultPage(ctx, asked);
  const previousUntil = record.keySealed === null ? null : await selectPreviousKeyUntil(ctx, record.id);
  const previousKeyUntil = previousUntil?.toISOString() ?? null;
  return {
    ...row,
    ...askingOf(record),
    locations: await presentPlaces(ctx, record, since),
    heartbeat: heartbeatOf(ctx, record, previousKeyUntil),
    pushedValue: pushedValueOf(ctx, record, previousKeyUntil),
    worstCaseDetectionSeconds: worstCaseDetectionSeconds(record),
    certificateExpiresAt: record.certificateExpiresAt?.toISOString() ?? null,
    nextCheckAt: nextCheckOf(ctx, record, [...places.values()]),
    lastResult: last ? withPlace(last, places) : null,
    suggestedTarget: await suggestionFor(ctx, record),
    managedBy: await managerOf(ctx, record),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** What a monitor asks and how sure it must be, as the API shows it. */
export function askingOf(
  record: Pick<
    MonitorRecord,
    'kind' | 'question' | 'timeoutMs' | 'confirmFailures' | 'confirmRecoveries' | 'confirmLocations'
  >,
) {
  const { question } = record;
  const isHttp = record.kind === 'http';
  return {
    method: isHttp ? question.method : null,
    headers: { ...question.headers },
    body: question.body,
    timeoutSeconds: record.timeoutMs / 1_000,
    maxRedirects: question.maxRedirects,
    confirm: {
      failures: record.confirmFailures,
      recoveries: record.confirmRecoveries,
      locations: record.confirmLocations,
    },
    assertions: structuredClone(question.assertions) as Monitor['assertions'],
    degradedAboveMs: question.degradedAboveMs,
    tls: isHttp ? question.tls : null,
    options: question.options ?? null,
  };
}

/** By whichever of its places is next. */
function nextCheckOf(
  { now }: Ctx,
  { id, kind, state, intervalMs }: MonitorRecord,
  places: readonly string[],
): string | null {
  if (!isAsked(kind) || state === 'paused') return null;
  const next = places.map((place) =>
    nextGridPointMs(id, intervalMs, now.getTime(), placeOffsetMs(places, place, intervalMs)),
  );
  return new Date(Math.min(...next)).toISOString();
}

function presentFlapping({ now }: Ctx, { verdict, intervalMs, kind, state }: MonitorRecord): string | null {
  if (!isAsked(kind) || state === 'paused') return null;
  const sinceMs = flappingSince(verdict, intervalMs, now.getTime());
  return sinceMs === null ? null : new Date(sinceMs).toISOString();
}

function presentRow(
  ctx: Ctx,
  record: MonitorRecord,
  recent: Recent | undefined,
  uptime: Uptime,
): Omit<MonitorRow, 'maintenance'> {
  const { drillStartedAt, drillEndsAt } = record;
  const drill =
    drillStartedAt && drillEndsAt
      ? { startedAt: drillStartedAt.toISOString(), endsAt: drillEndsAt.toISOString() }
      : null;
  // A value comes at one moment: it takes no time.
  const timed = record.kind === 'value' ? undefined : recent;
  const totals = (timed?.totalsUs ?? []).map((us, i) => (isAnswered(timed?.outcomes[i] ?? -1) ? us / 1_000 : null));
  const last = recent?.lastDueAt ?? record.lastBeatAt ?? record.lastValueAt;
  return {
    id: record.id,
    kind: record.kind,
    name: record.name,
    serviceId: record.serviceId,
    serviceName: record.serviceName,
    tags: [...record.tags],
    group: record.groupPath,
    state: drill ? 'down' : record.state,
    since: drill ? drill.startedAt : record.since.toISOString(),
    drill,
    flappingSince: presentFlapping(ctx, record),
    url: record.url,
    intervalSeconds: record.intervalMs / 1_000,
    lastCheckedAt: last?.toISOString() ?? null,
    latencyMs: totals.at(-1) ?? null,
    sparkline: totals,
    uptime30d: uptime.uptimePercent,
    heartbeat: beatClockOf(record),
    pushedValue: courseOf(record),
  };
}

async function managerOf(ctx: Ctx, { id }: MonitorRecord): Promise<Monitor['managedBy']> {
  const key = await selectConfigKeyOf(ctx, id);
  return key === undefined ? null : { set: key.setName, key: key.key, appliedAt: key.appliedAt.toISOString() };
}

function withPlace({ number, ...row }: NumberedResult, places: ReadonlyMap<number, string>) {
  return { ...row, locationId: placeOf(number, places) };
}

async function suggestionFor(ctx: Ctx, record: MonitorRecord): Promise<string | null> {
  if (record.state !== 'unknown') return null;
  const [last] = await selectFailurePage(ctx, record.id, null, 1);
  const refused = last?.evidence.error?.kind === 'target-not-allowed' ? last.evidence.address : null;
  return refused === null ? null : suggestAllowedTarget(refused);
}

/** The address holds the key, so it is for people who may change monitors. */
function heartbeatOf(ctx: Ctx, record: MonitorRecord, previousKeyUntil: string | null): Monitor['heartbeat'] {
  const { keySealed, maxRunSeconds } = record;
  const clock = beatClockOf(record);
  if (keySealed === null || clock === null) return null;
  return {
    ...clock,
    maxRunSeconds,
    beatUrl: mayManage(ctx) ? `${ctx.publicUrl}/beat/${ctx.secrets.open(keySealed)}` : null,
    previousKeyUntil,
    lastDurationMs: record.lastDurationMs,
  };
}

/** The address holds the key too. */
function pushedValueOf(ctx: Ctx, record: MonitorRecord, previousKeyUntil: string | null): Monitor['pushedValue'] {
  const { keySealed } = record;
  const course = courseOf(record);
  if (keySealed === null || course === null) return null;
  return {
    ...course,
    pushUrl: mayManage(ctx) ? `${ctx.publicUrl}/push/${ctx.secrets.open(keySealed)}` : null,
    previousKeyUntil,
  };
}

function mayManage({ actor }: Ctx): boolean {
  return actor.kind === 'system' || allows(actor.role, 'monitors.manage');
}

function courseOf(record: MonitorRecord): MonitorRow['pushedValue'] {
  const { test, threshold: value, forSeconds, periodSeconds, graceSeconds } = record;
  if (test === null || value === null || forSeconds === null || periodSeconds === null || graceSeconds === null)
    return null;
  return {
    test,
    value,
    forSeconds,
    periodSeconds,
    graceSeconds,
    lastValue: record.lastValue,
    lastValueAt: record.lastValueAt?.toISOString() ?? null,
    brokenSince: record.brokenSince?.toISOString() ?? null,
    dueAt: record.dueAt?.toISOString() ?? null,
  };
}

function beatClockOf(record: MonitorRecord): MonitorRow['heartbeat'] {
  const { periodSeconds, graceSeconds, cron, timeZone, runs } = record;
  if (periodSeconds === null || graceSeconds === null || runs === null) return null;
  return {
    periodSeconds,
    cron,
    timeZone,
    graceSeconds,
    lastBeatAt: record.lastBeatAt?.toISOString() ?? null,
    expectedAt: record.expectedAt?.toISOString() ?? null,
    dueAt: record.dueAt?.toISOString() ?? null,
    runningSince: runningSince({ runs })?.toISOString() ?? null,
  };
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
