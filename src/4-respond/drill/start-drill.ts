import { allows, audit, readUser } from '#access';
import { AppError, conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selfId } from '../contact-method/own-method.ts';
import { refuseTargets } from '../escalation/refuse-policy.ts';
import { readPeople } from '../reach/people.ts';
import { lockPage } from '../page/store.ts';
import { LIVE_STATES } from '../page/page.ts';
import { stopPage } from '../page/stop-pages.ts';
import type { DrillView } from './contract.ts';
import { type DrillOf, peopleToDrill } from './people-to-drill.ts';
import { readDrill } from './read-drills.ts';
import { runDrill } from './run-drill.ts';
import { findDrillPeople } from './store.ts';

const MOST_PEOPLE = 200;

/** Drills others: people by name, who is on call, or everybody of a policy. Refuses when nobody would be paged or found unreachable. */
export async function startDrill(ctx: Ctx, of: DrillOf): Promise<DrillView> {
  if (of.kind === 'people')
    await refuseTargets(
      ctx,
      of.userIds.map((userId) => ({ kind: 'user' as const, userId })),
      'body.of.userIds',
    );
  const { title, userIds } = await peopleToDrill(ctx, of);
  if (userIds.length === 0) throw invalid('body.of', 'is nobody at this moment');
  if (userIds.length > MOST_PEOPLE)
    throw new AppError('limit', `A drill is for at most ${MOST_PEOPLE} people; these are ${userIds.length}.`);
  const askedBy = selfId(ctx);
  const { name } = await readUser(ctx, askedBy);
  return start(ctx, { title, userIds, pageTitle: `Drill: test page from ${name}`, askedBy });
}

/** Drills oneself; refuses `conflict` when nothing could be sent. */
export async function drillMyself(ctx: Ctx): Promise<DrillView> {
  const askedBy = selfId(ctx);
  const { name } = await readUser(ctx, askedBy);
  const wanted = { title: name, userIds: [askedBy], pageTitle: 'Drill: your own test page', askedBy };
  const { unreachable = null } = (await readPeople(ctx)).reachOf(askedBy, 'high') ?? {};
  // One's own test that cannot be sent is a thing to mend now, not one to write down.
  if (unreachable !== null) throw conflict(`${unreachable}. Mend that first, then test it.`);
  return start(ctx, wanted);
}

type Wanted = Omit<Parameters<typeof runDrill>[1], 'sparesSleep'>;

async function start(ctx: Ctx, wanted: Wanted): Promise<DrillView> {
  const { id, people } = await runDrill(ctx, { ...wanted, sparesSleep: false });
  const [first] = people;
  if (people.every(({ state }) => state === 'left-out'))
    throw conflict(first?.why === null || first === undefined ? 'There is nobody to drill.' : first.why);
  await audit(ctx, { action: 'drill.start', subjectId: id, detail: { userIds: wanted.userIds } });
  return readDrill(ctx, id);
}

/** Ends what still runs of a drill: whoever may drill others any, everybody else their own. */
export async function endDrill(ctx: Ctx, id: string): Promise<DrillView> {
  const before = await readDrill(ctx, id);
  const rows = await findDrillPeople(ctx, [id]);
  const self = selfId(ctx);
  const isOwn = before.askedBy === self || rows.every(({ userId }) => userId === self);
  const mayAny = ctx.actor.kind === 'user' && allows(ctx.actor.role, 'drills.run');
  if (!isOwn && !mayAny) throw new AppError('forbidden', 'Only who may drill others ends a drill of others.');
  const running = rows.filter(({ state }) => state === 'running');
  if (running.length === 0) throw conflict('This drill is over.');
  for (const { pageId } of running) {
    const page = pageId === null ? undefined : await lockPage(ctx, pageId);
    if (page && LIVE_STATES.some((state) => state === page.state))
      await stopPage(ctx, page, { what: `${(await readPeople(ctx)).nameOf(self)} ended it` });
  }
  await audit(ctx, { action: 'drill.end', subjectId: id });
  return readDrill(ctx, id);
}
