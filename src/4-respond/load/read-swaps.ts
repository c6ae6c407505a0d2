import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readPeople } from '../reach/people.ts';
import { participantsOf } from '../schedule/on-call.ts';
import { personShifts } from '../schedule/person-shifts.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { findScheduleIds } from '../schedule/store.ts';
import { burdenOf, reasonOf } from './burden.ts';
import type { SwapSuggestionView } from './contract.ts';
import { type LoadQuery, readLoadReport } from './read-load.ts';
import { type ComingShift, suggestSwaps } from './suggest-swaps.ts';

const AHEAD_DAYS = 28;
/** Nobody is asked to change tomorrow's plans. */
const NOTICE_DAYS = 1;
const MOST = 3;
const NOTHING = { totalSeconds: 0, interruptions: 0, interruptedNights: 0 } as const;

/** Which shifts of the next four weeks could go to whom, by the load of a span before. */
export async function readSwaps(ctx: Ctx, query: LoadQuery): Promise<{ items: SwapSuggestionView[] }> {
  const { people: loads } = await readLoadReport(ctx, query);
  const people = await readPeople(ctx);
  const shown = new Set(loads.map(({ userId }) => userId));
  const window = { startMs: ctx.now.getTime() + NOTICE_DAYS * DAY_MS, endMs: ctx.now.getTime() + AHEAD_DAYS * DAY_MS };
  const rosters = await readRosters(ctx, await findScheduleIds(ctx), new Date(window.startMs), new Date(window.endMs));
  const names = new Map<string, string>();
  const coming: ComingShift[] = [];
  const participants = new Map<string, readonly string[]>();
  for (const [scheduleId, roster] of rosters) {
    names.set(scheduleId, roster.versions.at(-1)?.name ?? '');
    const taking = participantsOf(roster, window.startMs).filter((userId) => people.members.get(userId)?.active);
    for (const userId of taking) {
      const shifts = personShifts(roster, userId, window).filter(({ shadow }) => !shadow);
      coming.push(
        ...shifts.map(({ startMs, endMs }) => ({
          scheduleId,
          userId,
          startMs,
          endMs,
          isFixed: startMs <= window.startMs || endMs >= window.endMs,
        })),
      );
    }
    // Everybody's shifts count, but only who is looked at gives or takes.
    if (query.scheduleId === undefined || query.scheduleId === scheduleId)
      participants.set(
        scheduleId,
        taking.filter((userId) => shown.has(userId)),
      );
  }
  const absences = [...rosters.values()].flatMap((roster) => roster.absences);
  const swaps = suggestSwaps({
    pastMs: new Map(loads.map((load) => [load.userId, burdenOf(load)])),
    coming,
    participants,
    isAway: (userId, span) =>
      absences.some((one) => one.userId === userId && one.startMs < span.endMs && span.startMs < one.endMs),
    most: MOST,
  });
  const loadOf = (userId: string) =>
    loads.find((load) => load.userId === userId) ?? { ...NOTHING, userName: people.nameOf(userId) };
  const items = swaps.map((swap) => ({
    scheduleId: swap.scheduleId,
    scheduleName: names.get(swap.scheduleId) ?? '',
    fromUserId: swap.userId,
    fromUserName: people.nameOf(swap.userId),
    toUserId: swap.toUserId,
    toUserName: people.nameOf(swap.toUserId),
    startsAt: new Date(swap.startMs).toISOString(),
    endsAt: new Date(swap.endMs).toISOString(),
    evensOutSeconds: swap.evensOutMs / 1_000,
    reason: reasonOf(loadOf(swap.userId), loadOf(swap.toUserId)),
  }));
  return { items };
}
