import { audit, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { readSchedule } from '../schedule/change-schedules.ts';
import { personShifts } from '../schedule/person-shifts.ts';
import { readRosters } from '../schedule/read-roster.ts';
import type { Roster } from '../schedule/schedule.ts';
import type { CoverRequestView } from './contract.ts';
import { presentCover } from './present.ts';
import { type CoverRow, countOpenRequests, findCoverRequests, insertCoverRequest } from './store.ts';
import { tellAsked } from './tell-cover.ts';

const LONGEST_MS = 93 * DAY_MS;
const MOST_OPEN = 50;

type WantedSpan = { readonly startsAt: string; readonly endsAt: string };
export type WantedCover = WantedSpan & {
  readonly askedUserId?: string | null | undefined;
  readonly inReturn?: WantedSpan | null | undefined;
  readonly note?: string | undefined;
};

/** Requests whose time is not over, newest first, of one schedule or of all. */
export async function listCoverRequests(ctx: Ctx, query: PageQuery & { readonly scheduleId?: string | undefined }) {
  const rows = await findCoverRequests(ctx, query.scheduleId, query);
  return pageOf(
    rows,
    query,
    ({ id }) => id,
    (row) => presentCover(row, ctx.now),
  );
}

/**
 * Asks for cover in a span in which the asking person is on call, or would be if they were not away; a swap names a person
 * and a span in which that one is. Who is asked is told.
 */
export async function askForCover(ctx: Ctx, scheduleId: string, wanted: WantedCover): Promise<CoverRequestView> {
  await readSchedule(ctx, scheduleId);
  const askedBy = actorUserId(ctx.actor);
  if (askedBy === null) throw new AppError('forbidden', 'Only a person can ask for cover.');
  const askedUserId = wanted.askedUserId ?? null;
  const inReturn = wanted.inReturn ?? null;
  if (askedUserId === askedBy) throw invalid('body.askedUserId', 'is yourself');
  if (inReturn !== null && askedUserId === null)
    throw invalid('body.askedUserId', 'names whose shift you take in return');
  if (askedUserId !== null && !(await readUser(ctx, askedUserId)).active)
    throw invalid('body.askedUserId', 'is deactivated and cannot be on call');
  const span = spanOf(ctx, wanted, 'body');
  await assertOnCall(
    ctx,
    scheduleId,
    askedBy,
    span,
    ['body.startsAt', 'You are not on call by this schedule then'],
    (roster) => asIfHere(roster, askedBy),
  );
  const returned = inReturn === null ? null : spanOf(ctx, inReturn, 'body.inReturn');
  if (returned !== null && askedUserId !== null)
    await assertOnCall(ctx, scheduleId, askedUserId, returned, [
      'body.inReturn.startsAt',
      'Who you ask is not on call by this schedule then',
    ]);
  if ((await countOpenRequests(ctx, askedBy)) >= MOST_OPEN)
    throw new AppError('limit', `A person has at most ${MOST_OPEN} open requests. Withdraw some first.`);
  const row: CoverRow = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('cov'),
    scheduleId,
    askedBy,
    askedUserId,
    ...span,
    returnStartsAt: returned?.startsAt ?? null,
    returnEndsAt: returned?.endsAt ?? null,
    note: wanted.note ?? null,
    state: 'open',
    createdAt: ctx.now,
    answeredAt: null,
    answeredBy: null,
  };
  await insertCoverRequest(ctx, row);
  await tellAsked(ctx, row);
  await audit(ctx, { action: 'cover-request.create', subjectId: row.id, detail: { scheduleId, ...wanted } });
  ctx.touch('schedules');
  return presentCover(row, ctx.now);
}

type Span = { readonly startsAt: Date; readonly endsAt: Date };

async function assertOnCall(
  ctx: Ctx,
  scheduleId: string,
  userId: string,
  { startsAt, endsAt }: Span,
  [path, words]: readonly [string, string],
  seen: (roster: Roster) => Roster = (roster) => roster,
): Promise<void> {
  const roster = (await readRosters(ctx, [scheduleId], startsAt, endsAt)).get(scheduleId);
  const window = { startMs: startsAt.getTime(), endMs: endsAt.getTime() };
  if (!roster || !personShifts(seen(roster), userId, window).some(({ shadow }) => !shadow)) throw invalid(path, words);
}

/** Without the absences of somebody who is a member: being away is the best reason to ask for cover. */
function asIfHere(roster: Roster, userId: string): Roster {
  const absences = roster.absences.filter((one) => one.userId !== userId || one.endMs === Infinity);
  return { ...roster, absences };
}

function spanOf(ctx: Ctx, wanted: WantedSpan, path: string): Span {
  const startMs = Date.parse(wanted.startsAt);
  const endMs = Date.parse(wanted.endsAt);
  const nowMs = ctx.now.getTime();
  if (startMs < nowMs - MINUTE_MS) throw invalid(`${path}.startsAt`, 'lies in the past, which never changes');
  if (endMs <= Math.max(startMs, nowMs)) throw invalid(`${path}.endsAt`, 'must be after the start, and after now');
  if (endMs - startMs > LONGEST_MS) throw invalid(`${path}.endsAt`, 'is more than 93 days after the start');
  if (startMs > nowMs + 366 * DAY_MS) throw invalid(`${path}.startsAt`, 'lies more than a year ahead');
  return { startsAt: new Date(Math.max(startMs, nowMs)), endsAt: new Date(endMs) };
}
