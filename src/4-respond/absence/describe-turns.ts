import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { participantsOf } from '../schedule/on-call.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { findScheduleIds } from '../schedule/store.ts';
import { effectsOf } from './effects.ts';

const LOOK_DAYS = 30;

/** Sentences that say which schedules would miss a person from now on, and in how many of their shifts nobody is instead. */
export async function describeTurnsOf(ctx: Ctx, userId: string): Promise<string[]> {
  const startMs = ctx.now.getTime();
  const endMs = startMs + LOOK_DAYS * DAY_MS;
  const rosters = await readRosters(ctx, await findScheduleIds(ctx), ctx.now, new Date(endMs));
  return [...rosters.values()].flatMap((roster) => {
    if (!participantsOf(roster, startMs).includes(userId)) return [];
    const name = roster.versions.at(-1)?.name ?? '';
    const open = effectsOf(roster, { userId, startMs, endMs }).filter(({ insteadIds }) => insteadIds.length === 0);
    return open.length === 0
      ? [
          `The on-call schedule “${name}” would lose them; others are on call in their shifts of the next ${LOOK_DAYS} days.`,
        ]
      : [
          `The on-call schedule “${name}” would have nobody in ${open.length === 1 ? 'one shift' : `${open.length} shifts`} of the next ${LOOK_DAYS} days.`,
        ];
  });
}
