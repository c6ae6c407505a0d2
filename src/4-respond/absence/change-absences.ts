import { allows, audit, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { oneByOne } from '../schedule/one-by-one.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { findScheduleIds } from '../schedule/store.ts';
import type { AbsenceEffectView, AbsenceView } from './contract.ts';
import { effectsOf } from './effects.ts';
import {
  type AbsenceRow,
  deleteAbsenceRow,
  endAbsenceRow,
  findAbsencePage,
  insertAbsence,
  lockAbsence,
} from './store.ts';

const LONGEST_MS = 366 * DAY_MS;
const FARTHEST_MS = 2 * LONGEST_MS;
const MOST_OPEN = 100;
const EFFECTS_MS = 93 * DAY_MS;
const MOST_EFFECTS = 200;

type Span = { readonly startsAt: Date; readonly endsAt: Date };
type WantedAbsence = {
  readonly userId?: string | undefined;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason?: string | undefined;
};

/** Absences that have not ended, of everybody or of one person. */
export async function listAbsences(ctx: Ctx, query: PageQuery & { readonly userId?: string | undefined }) {
  return pageOf(await findAbsencePage(ctx, ctx.now, query.userId, query), query, ({ id }) => id, present);
}

/** Says when somebody cannot be on call, from now on or later; without `schedules.manage` only for oneself. */
export async function createAbsence(
  ctx: Ctx,
  { userId = actorUserId(ctx.actor) ?? '', reason, ...wanted }: WantedAbsence,
): Promise<AbsenceView & { effects: AbsenceEffectView[] }> {
  assertMay(ctx, userId);
  const person = await readUser(ctx, userId);
  if (!person.active) throw invalid('body.userId', `${person.name} is deactivated and is not on call anyway`);
  const span = spanOf(ctx, wanted);
  const open = await findAbsencePage(ctx, ctx.now, userId, { limit: MOST_OPEN });
  if (open.length >= MOST_OPEN)
    throw new AppError('limit', `A person has at most ${MOST_OPEN} open absences. Take some back first.`);
  const effects = await absenceEffects(ctx, userId, span);
  const row: AbsenceRow = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('abs'),
    userId,
    ...span,
    reason: reason ?? null,
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
  };
  await insertAbsence(ctx, row);
  await audit(ctx, { action: 'absence.create', subjectId: row.id, detail: { userId, ...wanted } });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
  return { ...present(row), effects };
}

/** Takes an absence back. One that has begun ends now; one that has ended is history and stays. */
export async function deleteAbsence(ctx: Ctx, id: string): Promise<void> {
  const row = await lockAbsence(ctx, id);
  if (!row) throw notFound('absence', id);
  assertMay(ctx, row.userId);
  if (row.endsAt <= ctx.now) throw conflict('This absence has ended; the past never changes.');
  if (row.startsAt < ctx.now) await endAbsenceRow(ctx, id, ctx.now);
  else await deleteAbsenceRow(ctx, id);
  await audit(ctx, { action: 'absence.delete', subjectId: id, detail: { userId: row.userId } });
  await markCoverageStale(ctx);
  ctx.touch('schedules');
}

/** Where somebody would be missed, in every schedule, through the first 93 days of a span that may not be written yet. */
export async function readAbsenceEffects(
  ctx: Ctx,
  {
    userId = actorUserId(ctx.actor) ?? '',
    startsAt,
    endsAt,
  }: { readonly [Name in 'userId' | 'startsAt' | 'endsAt']?: string | undefined },
): Promise<AbsenceEffectView[]> {
  const from = startsAt === undefined ? ctx.now : new Date(startsAt);
  const to = endsAt === undefined ? new Date(from.getTime() + EFFECTS_MS) : new Date(endsAt);
  if (to <= from) throw invalid('query.endsAt', 'must be after startsAt');
  return absenceEffects(ctx, userId, { startsAt: from, endsAt: to });
}

async function absenceEffects(ctx: Ctx, userId: string, { startsAt, endsAt }: Span): Promise<AbsenceEffectView[]> {
  const startMs = startsAt.getTime();
  const endMs = Math.min(endsAt.getTime(), startMs + EFFECTS_MS);
  const rosters = await readRosters(ctx, await findScheduleIds(ctx), startsAt, new Date(endMs));
  const found = await oneByOne(rosters, ([scheduleId, roster]) =>
    effectsOf(roster, { userId, startMs, endMs }).map((effect) => ({
      scheduleId,
      scheduleName: roster.versions.at(-1)?.name ?? '',
      startsAt: new Date(effect.startMs).toISOString(),
      endsAt: new Date(effect.endMs).toISOString(),
      insteadIds: [...effect.insteadIds],
    })),
  );
  return found
    .flat()
    .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))
    .slice(0, MOST_EFFECTS);
}

function assertMay(ctx: Ctx, userId: string): void {
  if (ctx.actor.kind === 'system' || allows(ctx.actor.role, 'schedules.manage')) return;
  if (userId === ctx.actor.userId) return;
  throw new AppError('forbidden', 'You may say only of yourself that you are away. Ask an owner or admin for others.');
}

function spanOf(ctx: Ctx, wanted: { readonly startsAt: string; readonly endsAt: string }): Span {
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

function present({ id, userId, startsAt, endsAt, reason, createdAt }: AbsenceRow): AbsenceView {
  return {
    id,
    userId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    reason,
    createdAt: createdAt.toISOString(),
  };
}
