import { closuresBetween, holidayAt, type HolidayBook, readHolidays, readWorkspace } from '#access';
import { readSeverityPolicy, type Severity } from '#declare';
import { readService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { maskAddress } from '#delivery';
import { type People, readPeople } from '../reach/people.ts';
import type { PagePlanView } from './contract.ts';
import { findingsOf } from './findings.ts';
import { openOutlook } from './outlook.ts';
import { ownHoursWords } from './own-hours-words.ts';
import { type PlannedChannel, type PlannedPerson, type PlannedStep, planSteps } from './plan.ts';
import type { EscalationPolicy } from './policy.ts';
import { policyOrDefault } from './policy-for.ts';
import { sayHole } from './roster.ts';
import { startOf } from './timing.ts';

export type PlanQuestion = {
  readonly serviceId?: string | null | undefined;
  readonly severity?: Severity | null | undefined;
  /** Of an alert that no incident was declared for; a severity has its own. */
  readonly urgency?: Urgency | undefined;
  readonly at?: Date | undefined;
};

/** What every question rests on, whatever it asks. */
async function readFacts(ctx: Ctx) {
  const { levels } = await readSeverityPolicy(ctx);
  return { levels, people: await readPeople(ctx), workspace: await readWorkspace(ctx) };
}

/**
 * Who would be paged for a service and severity at an instant, when, by what and why. Uses what the pager uses. Throws
 * `not_found` for a service that is not there.
 */
export async function planPage(ctx: Ctx, asked: PlanQuestion): Promise<PagePlanView> {
  const at = asked.at ?? ctx.now;
  const severity = asked.severity ?? null;
  const service = asked.serviceId ? await readService(ctx, asked.serviceId) : null;
  const policy = await policyOrDefault(ctx, service?.escalationPolicyId ?? null);
  const { levels, people, workspace } = await ctx.together('respond.plan-facts', () => readFacts(ctx));
  const level = levels.find((one) => one.severity === severity) ?? null;
  const timing = level?.page ?? 'now';
  const byTiming: Urgency = timing === 'now' ? 'high' : 'low';
  const urgency = level === null ? (asked.urgency ?? byTiming) : byTiming;
  const startsAt = startOf(timing, workspace, at);
  const book = await readHolidays(ctx);
  const holidayOf = (userId: string, when: Date) => holidayOn(book, people, userId, when);
  const steps =
    startsAt === null
      ? []
      : await planSteps(
          policy,
          startsAt,
          await openOutlook(ctx, policy, { policyId: policy.id, urgency }, people, startsAt, workspace),
        );
  return {
    serviceId: asked.serviceId ?? null,
    severity,
    at: at.toISOString(),
    urgency,
    policy: { id: policy.id, name: policy.name, version: policy.version, isDefault: policy.isDefault },
    timing,
    startsAt: startsAt?.toISOString() ?? null,
    closed: startsAt === null || timing === 'now' ? [] : closuresBetween(workspace, at, startsAt),
    steps: steps.map((step) => presentStep(step, policy, holidayOf)),
    repeatCount: policy.repeatCount,
    allHands: level?.allHands ?? false,
    findings: startsAt === null ? [] : findingsOf(steps),
  };
}

/** The steps that the pager would go through for a page of a policy that begins at an instant and that nobody answers. */
export async function planFor(ctx: Ctx, policy: EscalationPolicy, urgency: Urgency, startsAt: Date) {
  const { people, workspace } = await ctx.together('respond.plan-facts', () => readFacts(ctx));
  const outlook = await openOutlook(ctx, policy, { policyId: policy.id, urgency }, people, startsAt, workspace);
  const book = await readHolidays(ctx);
  return (await planSteps(policy, startsAt, outlook)).map((step) =>
    presentStep(step, policy, (userId, when) => holidayOn(book, people, userId, when)),
  );
}

type HolidayOf = (userId: string, when: Date) => string | null;

/** What holiday it is for somebody at an instant, by their own calendar and clock. */
function holidayOn(book: HolidayBook, people: People, userId: string, when: Date): string | null {
  return holidayAt(book.of(userId), people.members.get(userId)?.timeZone ?? 'UTC', when);
}

function presentStep(step: PlannedStep, policy: EscalationPolicy, holidayOf: HolidayOf): PagePlanView['steps'][number] {
  return {
    step: step.step + 1,
    at: step.at.toISOString(),
    waitSeconds: step.waitSeconds,
    byTurns: step.byTurns,
    people: step.people.map((person) => ({
      ...presentPerson(person, step, policy),
      holiday: holidayOf(person.userId, step.at),
    })),
    channels: step.channels.map((channel) => presentChannel(channel, step, policy)),
    channelsOnly: step.via === 'channels',
    holes: step.holes.map(sayHole),
    skipped: step.skipped && (step.skipped === 'condition' ? sayCondition(step, policy) : SKIPPED[step.skipped]),
    closed: [...step.closed],
  };
}

/** Why a step is not meant for a page; hours of its own are said, for nothing else on the screen tells them. */
function sayCondition({ step }: PlannedStep, policy: EscalationPolicy): string {
  const hours = policy.steps[step]?.onlyHours ?? null;
  const only = hours === null || typeof hours === 'string' ? '' : ` (only ${ownHoursWords(hours)})`;
  return `Not for pages of this urgency at this time${only}, so the next one begins at once.`;
}

const SKIPPED = {
  nobody: 'Nobody is there to ask, so the next one begins at once.',
  unreachable: 'Nobody in this step can be reached, so the next one begins at once.',
} as const;

function presentChannel({ noticeChannelId, channel }: PlannedChannel, step: PlannedStep, policy: EscalationPolicy) {
  return {
    noticeChannelId,
    name: channel?.name ?? 'a channel that is gone',
    kind: channel?.kind ?? null,
    reason: `step ${step.step + 1} of the policy “${policy.name}”`,
    problem: channel === undefined ? 'The channel was removed.' : channel.problem,
  };
}

function presentPerson(
  { userId, reach, because, quietUntil, told }: PlannedPerson,
  step: PlannedStep,
  policy: EscalationPolicy,
) {
  const reason =
    step.via === 'policy'
      ? `step ${step.step + 1} of the policy “${policy.name}”`
      : `because nobody in the policy “${policy.name}” can be reached`;
  return {
    userId,
    name: reach?.name ?? 'somebody who is not a member any more',
    reason,
    because: because(),
    methods: (reach?.methods ?? []).map((method) => ({
      contactMethodId: method.contactMethodId,
      kind: method.kind,
      address: maskAddress(method.kind, method.address),
      at: told(method.delaySeconds).dueAt.toISOString(),
      delaySeconds: method.delaySeconds,
    })),
    unreachable: reach ? reach.unreachable : 'not a member of this workspace',
    quietUntil: reach?.unreachable === null ? (quietUntil?.toISOString() ?? null) : null,
  };
}
