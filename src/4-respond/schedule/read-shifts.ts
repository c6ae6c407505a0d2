import { setImmediate as letOthers } from 'node:timers/promises';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS } from '#kernel/duration.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Interval } from '#kernel/interval.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { checkedVersion, type WantedSchedule } from './change-schedules.ts';
import { FARTHEST_DAYS, nextOnCall, onCallAt, whatComes } from './on-call.ts';
import { oneByOne } from './one-by-one.ts';
import { presentFinal, presentShifts } from './present-shifts.ts';
import { readRosters } from './read-roster.ts';
import type { Roster } from './schedule.ts';
import type { FinalShift } from './shifts.ts';
import type { FinalScheduleView, PersonShiftView, ScheduleOnCallView, ScheduleShiftsView } from './shift-contract.ts';
import { personShifts } from './person-shifts.ts';
import { findScheduleIds, findSchedules } from './store.ts';

const ONE = { usual: 14, longest: 93 };
const ALL = { usual: 7, longest: 31 };
/** A month of some hundred schedules as people have them; of the heaviest that are possible, a few. */
const MOST_SHIFTS = 20_000;
const NO_ROSTER: Roster = { versions: [], overrides: [], absences: [] };

type Span = { readonly from?: string | undefined; readonly to?: string | undefined };

/** Who is on call through a span of at most 93 days, by a schedule as it is. */
export async function readFinalSchedule(ctx: Ctx, id: string, span: Span): Promise<FinalScheduleView> {
  const window = windowOf(ctx, span);
  return presentShifts(await rosterOf(ctx, id, window), window);
}

/** The same for a plan that is not saved: in place of a new schedule, or as the next version of one. */
export async function previewSchedule(
  ctx: Ctx,
  { scheduleId, from, to, ...wanted }: WantedSchedule & Span & { readonly scheduleId?: string | undefined },
): Promise<FinalScheduleView> {
  const window = windowOf(ctx, { from, to });
  const { name, document, effectiveFrom } = await checkedVersion(ctx, wanted);
  const roster = scheduleId === undefined ? NO_ROSTER : await rosterOf(ctx, scheduleId, window);
  const version = (roster.versions.at(-1)?.version ?? 0) + 1;
  const next = { ...document, name, version, effectiveFromMs: effectiveFrom.getTime() };
  return presentShifts({ ...roster, versions: [...roster.versions, next] }, window);
}

/** Who is on call at an instant by every schedule, and who is next. */
export async function readOnCallNow(
  ctx: Ctx,
  at: Date,
): Promise<{ readonly at: string; readonly items: ScheduleOnCallView[] }> {
  const rosters = await rostersOfAll(ctx, at, new Date(at.getTime() + FARTHEST_DAYS * DAY_MS));
  return { at: at.toISOString(), items: await oneByOne(rosters, ([id, roster]) => describe(id, roster, at.getTime())) };
}

/**
 * Who is on call through a span of at most 31 days, by one schedule after the other. A page ends early after a schedule
 * with which it has very many shifts; the cursor goes on after that one.
 */
export async function listFinalShifts(ctx: Ctx, query: PageQuery & Span) {
  const window = windowOf(ctx, query, ALL);
  const rows = await findSchedules(ctx, query);
  const asked = rows.slice(0, query.limit);
  const ids = asked.map(({ scheduleId }) => scheduleId);
  const rosters = await readRosters(ctx, ids, new Date(window.startMs), new Date(window.endMs));
  const items: ScheduleShiftsView[] = [];
  let [shown, count] = [0, 0];
  for (const { scheduleId, name, document } of asked) {
    if (count >= MOST_SHIFTS) break;
    shown += 1;
    const roster = rosters.get(scheduleId);
    if (!roster) continue;
    const shifts = presentFinal(roster, window);
    count += shifts.length;
    items.push({ scheduleId, name, timeZone: document.timeZone, shifts });
    await letOthers();
  }
  const { nextCursor } = pageOf(
    rows,
    { ...query, limit: Math.min(query.limit, shown) },
    ({ scheduleId }) => scheduleId,
    () => null,
  );
  return { items, nextCursor };
}

/** When one person is on call, or looks on, by any schedule, in order of time. */
export async function readPersonShifts(
  ctx: Ctx,
  { userId = actorUserId(ctx.actor) ?? '', ...span }: Span & { readonly userId?: string | undefined },
): Promise<PersonShiftView[]> {
  const window = windowOf(ctx, span);
  const rosters = await rostersOfAll(ctx, new Date(window.startMs), new Date(window.endMs));
  const found = await oneByOne(rosters, ([scheduleId, roster]) =>
    personShifts(roster, userId, window).map(({ startMs, endMs, ...shift }) => ({
      scheduleId,
      ...shift,
      startsAt: new Date(startMs).toISOString(),
      endsAt: new Date(endMs).toISOString(),
    })),
  );
  return found.flat().toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
}

async function rosterOf(ctx: Ctx, id: string, { startMs, endMs }: Interval): Promise<Roster> {
  const roster = (await readRosters(ctx, [id], new Date(startMs), new Date(endMs))).get(id);
  if (!roster) throw notFound('schedule', id);
  return roster;
}

async function rostersOfAll(ctx: Ctx, from: Date, to: Date): Promise<ReadonlyMap<string, Roster>> {
  return readRosters(ctx, await findScheduleIds(ctx), from, to);
}

function describe(scheduleId: string, roster: Roster, atMs: number): ScheduleOnCallView {
  const now = onCallAt(roster, atMs);
  const { userIds, shadowIds, gap } = now;
  const next = nextOnCall(roster, atMs, userIds);
  const { following, after } = whatComes(roster, atMs, now);
  const version = roster.versions.findLast(({ effectiveFromMs }) => effectiveFromMs <= atMs) ?? roster.versions[0];
  return {
    scheduleId,
    name: version?.name ?? '',
    timeZone: version?.timeZone ?? 'UTC',
    userIds: [...userIds],
    shadowIds: [...shadowIds],
    until: following && new Date(following.startMs).toISOString(),
    following: following && { userIds: [...following.userIds], gap: presentGap(following.gap) },
    people: userIds.map((userId) => {
      const end = after.get(userId);
      return {
        userId,
        until: end === undefined ? null : new Date(end.startMs).toISOString(),
        thenIds: [...(end?.userIds ?? [])],
      };
    }),
    gap: presentGap(gap),
    next: next && { userIds: [...next.userIds], at: new Date(next.atMs).toISOString() },
  };
}

function presentGap(gap: FinalShift['gap']): ScheduleOnCallView['gap'] {
  return gap && { reason: gap.reason, userIds: [...gap.userIds] };
}

function windowOf(ctx: Ctx, { from, to }: Span, { usual, longest } = ONE): Interval {
  const startMs = from === undefined ? ctx.now.getTime() : Date.parse(from);
  const window = { startMs, endMs: to === undefined ? startMs + usual * DAY_MS : Date.parse(to) };
  if (window.endMs <= window.startMs) throw invalid('to', 'must be after from');
  if (window.endMs - window.startMs > longest * DAY_MS)
    throw invalid('to', `is more than ${longest} days after from; ask for less at a time`);
  return window;
}
