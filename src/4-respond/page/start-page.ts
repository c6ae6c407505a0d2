import type { Severity } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { type EscalationPolicy, pinned, stepOf, type Target } from '../escalation/policy.ts';
import { readPeople } from '../reach/people.ts';
import { policyFor } from '../escalation/policy-for.ts';
import { findPolicy } from '../escalation/store.ts';
import { openPage } from './open-page.ts';
import type { Page } from './page.ts';

export type NewPage = {
  readonly alertId?: string | null | undefined;
  readonly incidentId?: string | null | undefined;
  readonly serviceId: string | null;
  readonly urgency: Urgency;
  readonly title: string;
  readonly drill: boolean;
  readonly severity?: Severity | null | undefined;
  /** Instead of the policy of the service; one that is gone counts for nothing. */
  readonly policyId?: string | null | undefined;
  /** Asked before the first step of the policy. */
  readonly assigneeId?: string | null | undefined;
  /** The same for several, whom its sender named. */
  readonly askFirst?: { readonly targets: readonly Target[]; readonly name: string } | undefined;
  /** Later than now = held until then. */
  readonly startsAt?: Date | undefined;
};

/** Starts a page by the escalation policy that it names, else that of its service; the first step goes out with this transaction. */
export async function startPage(ctx: Ctx, wanted: NewPage): Promise<Page> {
  const named = wanted.policyId ? await findPolicy(ctx, wanted.policyId) : undefined;
  const policy = named ?? (await policyFor(ctx, wanted.serviceId));
  const given = giveFirst(policy, wanted.assigneeId ? await givenTo(ctx, wanted.assigneeId) : wanted.askFirst);
  return openPage(ctx, {
    title: wanted.title,
    cause: wanted.incidentId ? 'incident' : 'alert',
    urgency: wanted.urgency,
    severity: wanted.severity ?? null,
    drill: wanted.drill,
    alertId: wanted.alertId ?? null,
    incidentId: wanted.incidentId ?? null,
    serviceId: wanted.serviceId,
    policy: given?.policy ?? policy,
    document: given?.document ?? pinned(policy),
    startsAt: wanted.startsAt ?? ctx.now,
  });
}

async function givenTo(ctx: Ctx, userId: string): Promise<NewPage['askFirst']> {
  const name = `given to ${(await readPeople(ctx)).nameOf(userId)}`;
  return { targets: [{ kind: 'user', userId }], name };
}

/** Whoever it was given to is asked first; the steps that were there anyway follow. */
function giveFirst(policy: EscalationPolicy, given: NewPage['askFirst']) {
  if (given === undefined || given.targets.length === 0) return null;
  const name = `${given.name}, then ${policy.name}`;
  const first = { ...stepOf([], policy.steps[0]?.delaySeconds ?? 300), targets: given.targets };
  return { policy: { ...policy, name }, document: { ...pinned(policy), steps: [first, ...policy.steps] } };
}
