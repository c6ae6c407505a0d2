import { setImmediate as letOthers } from 'node:timers/promises';
import { readWorkspace } from '#access';
import { outcomeKey, readLastOutcomes } from '#delivery';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import type { PlannedStep } from '../escalation/plan.ts';
import type { EscalationPolicy } from '../escalation/policy.ts';
import { findPolicies } from '../escalation/store.ts';
import { findLastDrills } from '../drill/store.ts';
import { readPeople } from '../reach/people.ts';
import { drillFaults, type MissedDrills } from './drill-fault.ts';
import { type CoverageFindingView, type CoverageReportView, isCoverageHole } from './contract.ts';
import { type Fault, faultsOf, joinFaults } from './finding.ts';
import { methodFaults, type Outcomes } from './method-fault.ts';
import { personFaults } from './person-fault.ts';
import { stepFaults } from './step-fault.ts';
import { quietFault } from './quiet-fault.ts';
import { type Evidence, instantsOf, planAt, readEvidence } from './read-evidence.ts';

const COVERAGE_DAYS = 30;
const SHOWN = 500;
const GRAVITY: readonly CoverageFindingView['kind'][] = [
  'nobody',
  'gap',
  'fallback',
  'person',
  'method',
  'single',
  'channel',
  'step',
  'quiet',
];
/** What an address came to longer ago says nothing of today. */
const OUTCOME_DAYS = 14;

/** Goes through the next 30 days of every policy, change by change, with the pager's own steps. */
export async function proveCoverage(ctx: Ctx): Promise<CoverageReportView> {
  const until = new Date(ctx.now.getTime() + COVERAGE_DAYS * DAY_MS);
  const policies = await findPolicies(ctx);
  const evidence = await readEvidence(ctx, policies, await readPeople(ctx), ctx.now, until);
  const { timeZone } = await readWorkspace(ctx);
  const known: Known = {
    evidence,
    missed: await readMissedDrills(ctx, timeZone),
    outcomes: await readOutcomes(ctx, timeZone),
    said: new Set(),
  };
  const findings: CoverageFindingView[] = [];
  for (const policy of policies) {
    findings.push(...(await findingsFor(policy, ctx.now, until, known)));
    findings.push(...(await sleepOf(policy, ctx.now, evidence, timeZone)));
    // A large workspace takes seconds; requests and checks go on meanwhile.
    await letOthers();
  }
  const sorted = findings.toSorted(
    (one, other) => GRAVITY.indexOf(one.kind) - GRAVITY.indexOf(other.kind) || one.from.localeCompare(other.from),
  );
  return {
    provedAt: ctx.now.toISOString(),
    from: ctx.now.toISOString(),
    until: until.toISOString(),
    policies: policies.length,
    schedules: evidence.schedules.size,
    count: sorted.length,
    holes: sorted.filter(isCoverageHole).length,
    findings: sorted.slice(0, SHOWN),
  };
}

type Known = {
  readonly evidence: Evidence;
  readonly missed: MissedDrills;
  readonly outcomes: Outcomes;
  /** Of whose methods it was said already, by whichever policy asks them first. */
  readonly said: Set<string>;
};

async function findingsFor(
  policy: EscalationPolicy,
  from: Date,
  until: Date,
  { evidence, missed, outcomes, said }: Known,
): Promise<CoverageFindingView[]> {
  const about = { policyId: policy.id, policyName: policy.name };
  const findings: CoverageFindingView[] = [];
  const plans: PlannedStep[][] = [];
  const urgent: PlannedStep[] = [];
  for (const urgency of urgenciesOf(policy)) {
    const instants = instantsOf(policy, from, until, evidence);
    const stretches: { from: Date; until: Date; faults: Fault[] }[] = [];
    for (const [index, at] of instants.entries()) {
      const plan = await planAt(policy, urgency, at, evidence);
      plans.push(plan);
      if (urgency === 'high') urgent.push(...plan);
      stretches.push({ from: at, until: instants[index + 1] ?? until, faults: faultsOf(plan, urgency) });
    }
    for (const { from: begins, until: ends, ...fault } of joinFaults(stretches))
      findings.push({ ...about, ...fault, userId: null, from: begins.toISOString(), until: ends.toISOString() });
  }
  const span = { from: from.toISOString(), until: until.toISOString() };
  const steps = plans.flat();
  const asked = urgent
    .filter(({ via }) => via === 'policy')
    .flatMap(({ people }) => people.map(({ userId }) => userId));
  const fresh = asked.filter((userId) => !said.has(userId));
  const methods = methodFaults(fresh, evidence.people, outcomes);
  for (const { userId } of methods) said.add(userId);
  const faults = [
    ...personFaults(steps, said),
    ...drillFaults(steps, missed),
    ...methods,
    ...stepFaults(urgent).map((fault) => ({ ...fault, userId: null })),
  ];
  return [...findings, ...faults.map((fault) => ({ ...about, ...span, ...fault, scheduleId: null }))];
}

async function sleepOf(
  policy: EscalationPolicy,
  now: Date,
  evidence: Evidence,
  timeZone: string,
): Promise<CoverageFindingView[]> {
  const fault = await quietFault(policy, now, evidence, timeZone);
  if (fault === null) return [];
  const { from, until, ...rest } = fault;
  const about = { policyId: policy.id, policyName: policy.name, scheduleId: null, userId: null };
  return [{ ...about, ...rest, from: from.toISOString(), until: until.toISOString() }];
}

/** What the addresses of people came to lately, read once. */
async function readOutcomes(ctx: Ctx, timeZone: string): Promise<Outcomes> {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
  const last = await readLastOutcomes(ctx, new Date(ctx.now.getTime() - OUTCOME_DAYS * DAY_MS));
  return { now: ctx.now, last: (method) => last.get(outcomeKey(method)), day: (instant) => day.format(instant) };
}

/** Whose last drill was missed, with its day in the workspace's zone. */
async function readMissedDrills(ctx: Ctx, timeZone: string): Promise<MissedDrills> {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
  // One that still runs clears nobody.
  const missed = (await findLastDrills(ctx, ['answered', 'missed'])).filter(({ state }) => state === 'missed');
  return new Map(missed.map(({ userId, startedAt }) => [userId, day.format(startedAt)]));
}

/** Pages of low urgency are looked at apart only where a step tells them apart. */
function urgenciesOf({ steps }: EscalationPolicy): Urgency[] {
  return steps.some(({ onlyUrgency }) => onlyUrgency !== null) ? ['high', 'low'] : ['high'];
}
