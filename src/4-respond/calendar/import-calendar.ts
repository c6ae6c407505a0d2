import { audit, listMembers } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeOverride } from '../schedule/change-overrides.ts';
import { readSchedule } from '../schedule/change-schedules.ts';
import type { CalendarPlanView } from './contract.ts';
import { CalendarRefusal, parseCalendar } from './parse-calendar.ts';
import { personOf, type PlannedEntry, type PlannedStretch, stretchesOf } from './plan-import.ts';

/** How far ahead of now entries are read. */
const AHEAD_DAYS = 366;
const MOST_OVERRIDES = 500;

export type WantedImport = {
  readonly ics: string;
  readonly people: readonly { readonly summary: string; readonly userId: string }[];
};

/** What an import would do; writes nothing. */
export async function planCalendarImport(
  ctx: Ctx,
  scheduleId: string,
  wanted: WantedImport,
): Promise<CalendarPlanView> {
  return present(await planOf(ctx, scheduleId, wanted));
}

/** Writes the overrides of the plan, all or none: in each stretch the calendar's people replace everybody. */
export async function importCalendar(ctx: Ctx, scheduleId: string, wanted: WantedImport): Promise<CalendarPlanView> {
  const plan = await planOf(ctx, scheduleId, wanted);
  if (plan.stretches.length === 0)
    throw invalid('body.ics', 'has no entry from now on that names somebody in this workspace');
  const reason = 'From a calendar';
  for (const { startMs, endMs, userIds } of plan.stretches) {
    const span = { startsAt: new Date(startMs).toISOString(), endsAt: new Date(endMs).toISOString(), reason };
    for (const [index, userId] of userIds.entries())
      await writeOverride(ctx, scheduleId, { ...span, kind: index === 0 ? 'replace' : 'add', userId });
  }
  await audit(ctx, {
    action: 'schedule.import',
    subjectId: scheduleId,
    detail: { entries: plan.entries.length, stretches: plan.stretches.length },
  });
  return present(plan);
}

type Plan = { readonly entries: readonly PlannedEntry[]; readonly stretches: readonly PlannedStretch[] };

async function planOf(ctx: Ctx, scheduleId: string, { ics, people }: WantedImport): Promise<Plan> {
  const { timeZone } = await readSchedule(ctx, scheduleId);
  const nowMs = ctx.now.getTime();
  const members = await listMembers(ctx);
  for (const [index, { userId }] of people.entries())
    if (!members.some(({ id, active }) => active && id === userId))
      throw invalid(`body.people.${index}.userId`, `${userId} is not an active member of this workspace`);
  const said = new Map(people.map(({ summary, userId }) => [summary, userId]));
  const entries = read(ics, timeZone, { startMs: nowMs, endMs: nowMs + AHEAD_DAYS * DAY_MS }).map((entry) => ({
    ...entry,
    userId: personOf(entry, members, said),
  }));
  const stretches = stretchesOf(entries, nowMs);
  if (stretches.reduce((sum, { userIds }) => sum + userIds.length, 0) > MOST_OVERRIDES)
    throw new AppError(
      'limit',
      `This would be more than ${MOST_OVERRIDES} overrides. Export a shorter time, or write it as layers.`,
    );
  return { entries, stretches };
}

function read(ics: string, zone: string, window: { readonly startMs: number; readonly endMs: number }) {
  try {
    return parseCalendar(ics, zone, window);
  } catch (error) {
    if (error instanceof CalendarRefusal) throw invalid('body.ics', error.message);
    throw error;
  }
}

function present({ entries, stretches }: Plan): CalendarPlanView {
  const iso = (span: { readonly startMs: number; readonly endMs: number }) => ({
    startsAt: new Date(span.startMs).toISOString(),
    endsAt: new Date(span.endMs).toISOString(),
  });
  return {
    entries: entries.map(({ summary, userId, ...span }) => ({ summary, userId, ...iso(span) })),
    stretches: stretches.map(({ userIds, ...span }) => ({ ...iso(span), userIds: [...userIds] })),
    unknown: [...new Set(entries.flatMap(({ summary, userId }) => (userId === null ? [summary] : [])))],
  };
}
