import type { Ctx } from '#platform/ctx.ts';
import { targetsOf } from '../escalation/policy.ts';
import { openRoster, readSituation } from '../escalation/roster.ts';
import { type Beginning, beginNext } from '../escalation/steps.ts';
import type { People } from '../reach/people.ts';
import { ASKING_STATES, type Page } from './page.ts';

/**
 * What the next step of each page comes to, by what is known now: who is on call when it begins, who can be reached. The
 * pager decides again when the time has come. Pages that ask nobody any more have none.
 */
export async function foreseeSteps(
  ctx: Ctx,
  pages: readonly Page[],
  people: People,
): Promise<ReadonlyMap<string, Beginning>> {
  const asking = pages.filter(
    ({ state, nextStepAt }) => nextStepAt !== null && ASKING_STATES.some((one) => one === state),
  );
  if (asking.length === 0) return new Map();
  const rosterAt = await openRoster(
    ctx,
    asking.flatMap(({ document }) => targetsOf(document)),
    new Date(Math.min(...asking.map(({ nextStepAt }) => (nextStepAt ?? ctx.now).getTime()))),
  );
  const foreseen = new Map<string, Beginning>();
  for (const page of asking) {
    const roster = rosterAt(page.nextStepAt ?? ctx.now);
    const next = beginNext(page.document, page, await readSituation(ctx, page, roster, people));
    if (next !== null) foreseen.set(page.id, next);
  }
  return foreseen;
}
