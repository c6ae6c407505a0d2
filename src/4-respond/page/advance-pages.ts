import { systemActor } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { askAgain } from './ask-again.ts';
import { beginStep } from './begin-step.ts';
import { DRILL_MISSED } from './drill-page.ts';
import { ASKING_STATES } from './page.ts';
import { EARLY_MS, PAGE_CLOCK } from './page-clock.ts';
import { sendDueNotices } from './send-notices.ts';
import { stopPage } from './stop-pages.ts';
import { findDuePages, lockPage } from './store.ts';

const BATCH = 200;

/** Moves every page whose next step or next message is due, each in a transaction of its own. */
export const advancePages: Rule = {
  ...PAGE_CLOCK,
  async run(system, now) {
    const soon = new Date(now.getTime() + EARLY_MS);
    for (const { workspaceId, pageId } of await findDuePages(system, soon, BATCH)) {
      try {
        await system.transact({ actor: systemActor('escalation'), workspaceId }, (ctx) => advancePage(ctx, pageId));
      } catch (error) {
        system.log.error({ pageId, err: String(error) }, 'page could not be moved on');
      }
    }
  },
};

/** Does what is due for one page, looking again under its lock: an acknowledgement may have come first. */
async function advancePage(ctx: Ctx, pageId: string): Promise<void> {
  const page = await lockPage(ctx, pageId);
  if (!page) return;
  const due = page.nextStepAt !== null && page.nextStepAt.getTime() <= ctx.now.getTime() + EARLY_MS;
  if (page.state === 'acknowledged' && due) return askAgain(ctx, page);
  if (!ASKING_STATES.some((state) => state === page.state)) return;
  if (due && page.cause === 'drill' && page.step >= 0) return stopPage(ctx, page, { what: DRILL_MISSED });
  if (due) await beginStep(ctx, page);
  else await sendDueNotices(ctx, page);
}
