import { listMembers } from '#access';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { clockTime } from '../page/clock-time.ts';
import type { CoverageReportView } from './contract.ts';
import { countStretches, freshHoles, type Hole } from './hole.ts';

const WORTH_SECONDS = 86_400;
const LINES = 10;

/**
 * Tells the owners of holes that begin within a week, while there is time to fill them: once each, and in one message for
 * a policy. What the report before had already they know.
 */
export async function tellAboutGaps(ctx: Ctx, report: CoverageReportView, before: CoverageReportView): Promise<void> {
  const fresh = freshHoles(report, before);
  if (fresh.length === 0) return;
  const owners = (await listMembers(ctx)).filter(({ active, role }) => active && role === 'owner');
  for (const [policyId, holes] of Map.groupBy(fresh, (hole) => hole.policyId)) {
    const policyName = holes[0]?.policyName ?? '';
    const count = countStretches(holes);
    for (const owner of owners) {
      const lines = holes.slice(0, LINES).map((hole) => lineOf(hole, report, owner.timeZone, ctx.now));
      const more = holes.length - lines.length;
      await notifyUser(ctx, owner.id, {
        subject: count === 1 ? `A hole in “${policyName}”` : `${count} holes in “${policyName}”`,
        text: [...lines, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n\n'),
        url: '/on-call',
        // Two looks at once are both compared with the same report, and tell the same.
        uniqueKey: ['coverage', policyId, before.provedAt].join(':'),
        notAfter: addSeconds(ctx.now, WORTH_SECONDS),
      });
    }
  }
}

/** `Now, until Mon 7 Dec 02:30 CET: Nobody is on call by “Primary” (step 1). A SEV1 would reach only Bob, at once, by mail.` */
function lineOf(hole: Hole, { until }: CoverageReportView, zone: string, now: Date): string {
  const at = (instant: number) => clockTime(new Date(instant), zone, now);
  const from = hole.from <= now.getTime() ? 'Now' : at(hole.from);
  const lasts = until !== null && hole.until >= Date.parse(until) ? 'with no end in sight' : `until ${at(hole.until)}`;
  const [first, ...others] = hole.consequences;
  const then = first === undefined ? '' : others.length === 0 ? ` ${first}` : ` At first ${lowered(first)}`;
  return `${from}, ${lasts}: ${hole.what}.${then}`;
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
