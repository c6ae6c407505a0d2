import { appendEntry, readIncident } from '#declare';
import { readAlerts } from '#detect';
import { formatDuration } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readPeople } from '../reach/people.ts';
import { openPage } from './open-page.ts';
import type { Page } from './page.ts';
import { movePage } from './store.ts';
import { touchPage } from './touch-page.ts';

/**
 * Nothing was heard for the policy's acknowledgement timeout from whoever acknowledged: the page ends, and paging begins
 * again from the first step with a page of its own. Nothing happens when the trouble is over meanwhile.
 */
export async function askAgain(ctx: Ctx, page: Page): Promise<void> {
  const over = await isOver(ctx, page);
  const ended = await movePage(ctx, page.id, ['acknowledged'], {
    nextStepAt: null,
    ...(over ? {} : { state: 'stopped', stoppedAt: ctx.now, stopReason: 'the acknowledgement ran out' }),
  });
  if (!ended || over) return;
  const { acknowledgedBy, document } = page;
  const timeout = formatDuration(document.acknowledgeTimeoutSeconds ?? 0);
  if (page.incidentId !== null) {
    await appendEntry(ctx, page.incidentId, {
      type: 'page',
      text: `No word from ${(await readPeople(ctx)).nameOf(acknowledgedBy)} for ${timeout}: paging begins again.`,
      data: { pageId: page.id, userIds: acknowledgedBy === null ? [] : [acknowledgedBy] },
      idempotencyKey: `ran-out:${page.id}`,
    });
  }
  touchPage(ctx, ended);
  const { title, cause, urgency, severity, drill, alertId, incidentId, serviceId, askedBy, note } = page;
  const policy = { id: page.policyId, version: page.policyVersion, name: page.policyName };
  const about = { title, cause, urgency, severity, drill, alertId, incidentId, serviceId, askedBy, note };
  await openPage(ctx, { ...about, policy, document, startsAt: ctx.now });
}

async function isOver(ctx: Ctx, { alertId, incidentId }: Page): Promise<boolean> {
  if (incidentId !== null) {
    const { state } = await readIncident(ctx, incidentId);
    return state !== 'active' && state !== 'suspected';
  }
  const [alert] = alertId === null ? [] : await readAlerts(ctx, [alertId]);
  if (alert && alert.snoozedUntil !== null) return true;
  return alertId !== null && alert?.state !== 'open' && alert?.state !== 'acknowledged';
}
