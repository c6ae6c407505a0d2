import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { isNight } from '../load/night.ts';
import { openDrillPage } from '../page/drill-page.ts';
import { type People, readPeople } from '../reach/people.ts';
import type { DrillPersonState } from './contract.ts';
import { countDrillsSince, insertDrill, insertDrillPerson, updateDrillPerson } from './store.ts';

/** Long enough to find the phone in the other room, short enough to be over before the next meeting. */
const DRILL_SECONDS = 900;
const MOST_AN_HOUR = 6;

export type DrillToRun = {
  /** Whom it is for, in words. */
  readonly title: string;
  /** What the page is called: "Drill: test page from Ann". */
  readonly pageTitle: string;
  readonly askedBy: string | null;
  readonly userIds: readonly string[];
  /** Whoever has night is left out. */
  readonly sparesSleep: boolean;
};

export type StartedPerson = { readonly userId: string; readonly state: DrillPersonState; readonly why: string | null };

/** Pages each of the people for themselves, and writes down at once whom nothing could or should be sent to. */
export async function runDrill(ctx: Ctx, wanted: DrillToRun): Promise<{ id: string; people: StartedPerson[] }> {
  const { title, askedBy } = wanted;
  const id = ctx.newId('drl');
  const { workspaceId, now: startedAt } = ctx;
  await insertDrill(ctx, { workspaceId, id, title, askedBy, startedAt, endsAt: addSeconds(startedAt, DRILL_SECONDS) });
  const people = await readPeople(ctx);
  const sent = await countDrillsSince(ctx, wanted.userIds, addSeconds(startedAt, -3_600));
  const started: StartedPerson[] = [];
  // In one order for everybody who drills the same people, so that nobody waits for each other in a circle.
  for (const userId of [...new Set(wanted.userIds)].toSorted()) {
    const refused = whyNot(ctx, wanted, people, userId, sent.get(userId) ?? 0);
    started.push(refused ? await leaveOut(ctx, id, refused) : await page(ctx, id, userId, wanted.pageTitle));
  }
  ctx.touch('drills');
  return { id, people: started };
}

function whyNot(
  ctx: Ctx,
  { sparesSleep }: DrillToRun,
  people: People,
  userId: string,
  sent: number,
): StartedPerson | null {
  const member = people.members.get(userId);
  if (!member?.active) return { userId, state: 'left-out', why: 'They are not here any more.' };
  if (sparesSleep && isNight(ctx.now, member.timeZone))
    return { userId, state: 'left-out', why: 'It is night for them.' };
  if (sent >= MOST_AN_HOUR)
    return { userId, state: 'left-out', why: `They have had ${sent} drills within the last hour.` };
  const { unreachable = null } = people.reachOf(userId, 'high') ?? {};
  return unreachable === null ? null : { userId, state: 'unreachable', why: `${unreachable}.` };
}

async function leaveOut(ctx: Ctx, drillId: string, { userId, state, why }: StartedPerson): Promise<StartedPerson> {
  const { workspaceId, now: startedAt } = ctx;
  const nothing = { pageId: null, answeredAt: null, answeredByChannel: null };
  await insertDrillPerson(ctx, { workspaceId, drillId, userId, state, why, startedAt, ...nothing });
  return { userId, state, why };
}

async function page(ctx: Ctx, drillId: string, userId: string, title: string): Promise<StartedPerson> {
  const { workspaceId, now: startedAt } = ctx;
  const row = { workspaceId, drillId, userId, startedAt, pageId: null, answeredAt: null, answeredByChannel: null };
  if (!(await insertDrillPerson(ctx, { ...row, state: 'running', why: null })))
    return leaveOut(ctx, drillId, { userId, state: 'left-out', why: 'Another drill of theirs is running.' });
  const { id: pageId } = await openDrillPage(ctx, userId, title, DRILL_SECONDS);
  await updateDrillPerson(ctx, { drillId, userId }, { pageId });
  return { userId, state: 'running', why: null };
}
