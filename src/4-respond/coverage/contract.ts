import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, instant } from '#kernel/schema.ts';

/** The findings that are holes: somebody who should be asked is nobody. The others are weaknesses. */
const COVERAGE_HOLES = ['nobody', 'gap', 'fallback'] as const;

export const coverageFinding = z.object({
  /**
   * `nobody`: a page would reach nobody. `fallback`: nobody of the policy. `gap`: a step has nobody. `single`: one person
   * in all. `person`: somebody cannot be reached, or only by one method, or did
   * not acknowledge their last drill. `channel`: a step tells channels and wakes nobody. `quiet`: everybody has quiet
   * hours at once, next from then until then, so a page of low urgency waits; said once a policy.
   * `method`: an address of somebody who has others is not verified, lost, or failed the last time; said once a person.
   * `step`: a step asks one person alone, and others ask others; said once a step.
   */
  kind: z.enum(['nobody', 'fallback', 'gap', 'single', 'person', 'channel', 'quiet', 'method', 'step']),
  policyId: id('epo'),
  policyName: z.string(),
  /** The schedule that has the gap. */
  scheduleId: z.string().nullable(),
  userId: z.string().nullable(),
  /** The stretch in which it holds, cut to the days that were looked at. */
  from: instant,
  until: instant,
  /** What is wrong and what would happen: "… (step 1): a SEV1 would reach only Bob, at once, by email." */
  text: z.string(),
  /** The end of it as a sentence of its own: "A SEV1 would reach only Bob, at once, by email." */
  consequence: z.string().nullish(),
});
export type CoverageFindingView = z.output<typeof coverageFinding>;

export function isCoverageHole({ kind }: Pick<CoverageFindingView, 'kind'>): boolean {
  return COVERAGE_HOLES.some((one) => one === kind);
}

/** What a look at the next 30 days of every policy found. */
export const coverageReport = z.object({
  /** Null until the first look, a moment after the workspace was made. */
  provedAt: instant.nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
  policies: z.number().int(),
  schedules: z.number().int(),
  /** How many there are; the list holds the first 500, the gravest and soonest first. */
  count: z.number().int(),
  /** How many of them are holes: a time at which a step, or the policy, has nobody. */
  holes: z.number().int().default(0),
  findings: z.array(coverageFinding),
});
export type CoverageReportView = z.output<typeof coverageReport>;

const tag = 'Escalation policies';

export const readCoverage = defineRoute({
  method: 'get',
  path: '/coverage',
  permission: 'policies.read',
  tag,
  summary: 'Who would not be reached in the next 30 days, by every policy, as it was proved last',
  response: coverageReport,
});

export const proveCoverageRoute = defineRoute({
  method: 'post',
  path: '/coverage/prove',
  permission: 'policies.read',
  tag,
  summary: 'Look at the next 30 days of every policy now; it happens every night and after changes by itself',
  response: coverageReport,
});
