import { DAY_MS } from '#kernel/duration.ts';
import { clockTime } from '../page/clock-time.ts';
import type { PlannedStep } from '../escalation/plan.ts';
import type { EscalationPolicy } from '../escalation/policy.ts';
import { openTimes } from '../schedule/restriction.ts';
import { type Evidence, planAt } from './read-evidence.ts';

/** They come round every week. */
const LOOK_MS = 7 * DAY_MS;
/** Several people with hours of their own make many beginnings; the soonest are looked at. */
const MOST_INSTANTS = 60;

export type QuietFault = {
  readonly kind: 'quiet';
  readonly text: string;
  readonly consequence: string;
  readonly from: Date;
  readonly until: Date;
};

/** The next time at which everybody whom a policy asks has quiet hours at once; no hole, since nothing urgent waits. */
export async function quietFault(
  policy: EscalationPolicy,
  now: Date,
  evidence: Evidence,
  timeZone: string,
): Promise<QuietFault | null> {
  for (const from of beginnings(evidence, now)) {
    const plan = await planAt(policy, 'low', from, evidence);
    const until = endOfSleep(plan);
    if (until === null) continue;
    const first = plan.flatMap(({ people }) => people).find((one) => one.quietUntil?.getTime() === until.getTime());
    const told = `a page of low urgency would wait until ${clockTime(until, timeZone, now)} and then reach ${first?.reach?.name ?? 'somebody'}`;
    return {
      kind: 'quiet',
      text: `Everybody whom it asks has quiet hours at once: ${told}.`,
      consequence: `${told.charAt(0).toUpperCase()}${told.slice(1)}.`,
      from,
      until,
    };
  }
  return null;
}

/** Now, and whenever somebody's quiet hours begin in the days ahead. */
function beginnings({ people }: Evidence, now: Date): Date[] {
  const startMs = now.getTime();
  const starts = [...people.quiet].flatMap(([userId, windows]) =>
    openTimes(windows, people.members.get(userId)?.timeZone ?? 'UTC', { startMs, endMs: startMs + LOOK_MS }).map(
      (open) => open.startMs,
    ),
  );
  return [...new Set(starts)]
    .toSorted((one, other) => one - other)
    .slice(0, MOST_INSTANTS)
    .map((ms) => new Date(ms));
}

/** When the first of them wakes; null when the plan tells somebody sooner. */
function endOfSleep(plan: readonly PlannedStep[]): Date | null {
  const asked = plan.filter(({ skipped, via }) => skipped === null && via !== 'nobody').flatMap(({ people }) => people);
  const ends = asked.map(({ quietUntil }) => quietUntil?.getTime() ?? null);
  const known = ends.filter((end) => end !== null);
  return known.length === 0 || known.length < ends.length ? null : new Date(Math.min(...known));
}
