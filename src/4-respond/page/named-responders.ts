import { listMembers, listTeams } from '#access';
import { type Alert, type NamedResponder, urgencyOf } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { documentOf, type EscalationPolicy, pinned, stepOf, type Target } from '../escalation/policy.ts';
import { findPolicies } from '../escalation/store.ts';
import { findSchedules } from '../schedule/store.ts';
import { openPage } from './open-page.ts';

/** Those whom a sender names and who are here. */
export type FoundResponders = {
  readonly targets: readonly Target[];
  /** The first escalation policy among them; of others, whoever their first step asks is among the targets. */
  readonly policy: EscalationPolicy | null;
  /** As they are called here. */
  readonly names: readonly string[];
};

type Known = {
  readonly type: NamedResponder['type'];
  /** In lower case. */
  readonly called: readonly string[];
  readonly name: string;
  readonly found: { readonly target: Target } | { readonly policy: EscalationPolicy };
};

const MOST_SCHEDULES = 1_000;
const WAIT_SECONDS = 300;
const REPEAT_COUNT = 2;

/**
 * Whom the sender of an alert wants asked, by id, address or name, without regard to case; who is nobody here is left out,
 * and of what says no type, people come before teams, schedules and policies. Null when nobody is found.
 */
export async function findResponders(ctx: Ctx, named: readonly NamedResponder[]): Promise<FoundResponders | null> {
  if (named.length === 0) return null;
  const known = await everybody(ctx);
  const found = new Set(
    named.flatMap(({ type, names }) => {
      const wanted = names.map((name) => name.toLowerCase());
      const is = (one: Known) =>
        (type === null || one.type === type) && one.called.some((name) => wanted.includes(name));
      return known.find(is) ?? [];
    }),
  );
  if (found.size === 0) return null;
  const all = [...found].map((one) => one.found);
  const [policy, ...others] = all.flatMap((one) => ('policy' in one ? one.policy : []));
  return {
    targets: [
      ...all.flatMap((one) => ('target' in one ? one.target : [])),
      ...others.flatMap(({ steps }) => steps[0]?.targets ?? []),
    ],
    policy: policy ?? null,
    names: [...found].map(({ name }) => name),
  };
}

/** Pages at once those whom the sender of an alert adds to it; nobody for one that is kept quiet or over. */
export async function pageAddedResponders(ctx: Ctx, alert: Alert, named: readonly NamedResponder[]): Promise<void> {
  if (alert.state === 'closed' || alert.quiet !== null) return;
  const found = await findResponders(ctx, named);
  if (found === null) return;
  const urgency = urgencyOf(alert);
  const { id: alertId, incidentId, serviceId, title, drill } = alert;
  const { policy, targets, names } = found;
  const step = targets.length === 0 ? [] : [{ ...stepOf([], WAIT_SECONDS), targets }];
  await openPage(ctx, {
    title,
    cause: 'alert',
    urgency: urgency === 'none' ? 'low' : urgency,
    severity: null,
    drill,
    alertId,
    incidentId,
    serviceId,
    policy: {
      id: policy?.id ?? null,
      version: policy?.version ?? null,
      name: `its sender added ${names.join(', ')}`,
    },
    document:
      policy === null ? documentOf(step, REPEAT_COUNT) : { ...pinned(policy), steps: [...step, ...policy.steps] },
    startsAt: ctx.now,
  });
}

async function everybody(ctx: Ctx): Promise<readonly Known[]> {
  const [members, teams, policies] = [await listMembers(ctx), await listTeams(ctx), await findPolicies(ctx)];
  const schedules = await findSchedules(ctx, { limit: MOST_SCHEDULES });
  const called = (...names: readonly string[]) => names.map((name) => name.trim().toLowerCase());
  return [
    ...members.flatMap(({ id, name, email, active }): Known[] =>
      active
        ? [{ type: 'user', called: called(id, email, name), name, found: { target: { kind: 'user', userId: id } } }]
        : [],
    ),
    ...teams.map(({ id, name }): Known => ({
      type: 'team',
      called: called(id, name),
      name,
      found: { target: { kind: 'team', teamId: id } },
    })),
    ...schedules.map(({ scheduleId: id, name }): Known => ({
      type: 'schedule',
      called: called(id, name),
      name,
      found: { target: { kind: 'schedule', scheduleId: id, who: 'current' } },
    })),
    ...policies.map((policy): Known => ({
      type: 'escalation',
      called: called(policy.id, policy.name),
      name: policy.name,
      found: { policy },
    })),
  ];
}
