import { listMembers } from '#access';
import { addSeconds, DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { notifyUser } from '../notice/notify-user.ts';
import type { CoverageFindingView, CoverageReportView } from './contract.ts';

const SOON_MS = 7 * DAY_MS;
const WORTH_SECONDS = 86_400;
const GRAVE: readonly CoverageFindingView['kind'][] = ['nobody', 'gap', 'fallback'];

/** Tells the owners, once each, of holes that begin within a week, while there is time to fill them. */
export async function tellAboutGaps(ctx: Ctx, { findings }: CoverageReportView): Promise<void> {
  const soon = findings.filter(
    ({ kind, from }) => GRAVE.includes(kind) && Date.parse(from) < ctx.now.getTime() + SOON_MS,
  );
  if (soon.length === 0) return;
  const owners = (await listMembers(ctx)).filter(({ active, role }) => active && role === 'owner');
  for (const { policyId, policyName, scheduleId, kind, until, text } of soon) {
    for (const owner of owners) {
      await notifyUser(ctx, owner.id, {
        subject: `A hole in “${policyName}”`,
        text,
        url: '/on-call',
        // A hole that is open now has no fixed start; its end names it.
        uniqueKey: ['coverage', policyId, kind, scheduleId ?? '', until].join(':'),
        notAfter: addSeconds(ctx.now, WORTH_SECONDS),
      });
    }
  }
}
