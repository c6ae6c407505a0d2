import { audit, listMembers } from '#access';
import { AppError, conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { deleteGroup } from '../chat-group/store.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import type { ScheduleView } from './contract.ts';
import { presentSchedule } from './present.ts';
import { refuseEffectiveFrom, refuseSchedule } from './refuse-schedule.ts';
import type { ScheduleDocument } from './schedule.ts';
import {
  advanceSchedule,
  findSchedule,
  findScheduleIds,
  findSchedules,
  findVersionPage,
  insertSchedule,
  type NewSchedule,
  removeSchedule,
} from './store.ts';

/** Few enough to say at once who is on call by all of them. */
const MOST_SCHEDULES = 2_000;

export type WantedSchedule = ScheduleDocument & {
  readonly name: string;
  /** From when it holds; now when left out. */
  readonly effectiveFrom?: string | undefined;
};

/** The schedules in their latest version, oldest first. */
export async function listSchedules(ctx: Ctx, query: PageQuery) {
  return pageOf(await findSchedules(ctx, query), query, ({ scheduleId }) => scheduleId, presentSchedule);
}

export async function readSchedule(ctx: Ctx, id: string): Promise<ScheduleView> {
  const row = await findSchedule(ctx, id);
  if (!row) throw notFound('schedule', id);
  return presentSchedule(row);
}

/** Every version of a schedule, the latest first. */
export async function listScheduleVersions(ctx: Ctx, id: string, query: PageQuery) {
  await readSchedule(ctx, id);
  return pageOf(await findVersionPage(ctx, id, query), query, ({ version }) => String(version), presentSchedule);
}

export async function createSchedule(ctx: Ctx, wanted: WantedSchedule): Promise<ScheduleView> {
  const version = await checkedVersion(ctx, wanted);
  if ((await findScheduleIds(ctx)).length >= MOST_SCHEDULES)
    throw new AppError('limit', `A workspace has at most ${MOST_SCHEDULES} schedules. Remove one that nobody uses.`);
  const id = ctx.newId('sch');
  await insertSchedule(ctx, id, version);
  await audit(ctx, { action: 'schedule.create', subjectId: id, detail: wanted });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
  return readSchedule(ctx, id);
}

/** Writes the next version. What was on call before its instant stays as it was. */
export async function changeSchedule(
  ctx: Ctx,
  id: string,
  { version, ...wanted }: WantedSchedule & { readonly version: number },
): Promise<ScheduleView> {
  await readSchedule(ctx, id);
  const next = await checkedVersion(ctx, wanted);
  if (!(await advanceSchedule(ctx, id, version, next)))
    throw conflict('Somebody changed this schedule meanwhile. Read it again and repeat your change.');
  await audit(ctx, { action: 'schedule.change', subjectId: id, detail: { ...wanted, version: version + 1 } });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
  return readSchedule(ctx, id);
}

/** Says in words who relies on a schedule: “step 2 of Checkout”; empty when nothing does. */
export type UsesOfSchedule = (ctx: Ctx, scheduleId: string) => Promise<readonly string[]>;

/** Takes a schedule out of use. Refused while an escalation policy asks it, for that step would ask nobody. */
export async function deleteSchedule(ctx: Ctx, id: string, usesOf: UsesOfSchedule): Promise<void> {
  const { name } = await readSchedule(ctx, id);
  const uses = await usesOf(ctx, id);
  if (uses.length > 0)
    throw conflict(`${name} is still in use: ${uses.join(', ')}. Name somebody else there, and then remove it.`);
  if (!(await removeSchedule(ctx, id))) throw notFound('schedule', id);
  await deleteGroup(ctx, id);
  await audit(ctx, { action: 'schedule.delete', subjectId: id });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
}

/** A version that may be written; refuses one that nobody could follow, naming each field. */
export async function checkedVersion(
  ctx: Ctx,
  { name, effectiveFrom, timeZone, layers, handOffMinutes }: WantedSchedule,
): Promise<NewSchedule> {
  const people = new Map((await listMembers(ctx)).map((member) => [member.id, member]));
  const from = effectiveFrom === undefined ? ctx.now : new Date(effectiveFrom);
  const errors = refuseSchedule({ timeZone, layers }, people);
  const late = refuseEffectiveFrom(from, ctx.now);
  if (late) errors.push(late);
  const [first] = errors;
  if (first) throw new AppError('invalid', `${first.path.replace('body.', '')} ${first.message}`, { errors });
  // A minute of grace is for clocks, not for changing who was on call during it.
  return { name, document: { timeZone, layers, handOffMinutes }, effectiveFrom: from < ctx.now ? ctx.now : from };
}
