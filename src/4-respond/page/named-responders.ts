import { listMembers, listTeams } from '#access';
import { type Alert, type NamedResponder, respondersOf, urgencyOf } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { documentOf, type EscalationPolicy, pinned, stepOf, type Target } from '../escalation/policy.ts';
import { findPolicies } from '../escalation/store.ts';
import { findSchedules } from '../schedule/store.ts';
import { openPage } from './open-page.ts';
import { findPages } from './store.ts';

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
  readonly id: string;
  /** The address of a person. */
  readonly address: string | null;
  readonly name: string;
  readonly found: { readonly target: Target } | { readonly policy: EscalationPolicy };
};

const MOST_SCHEDULES = 1_000;
const WAIT_SECONDS = 300;
const REPEAT_COUNT = 2;
/** How many times a sender may have somebody added to one alert paged. */
const MOST_ADDED = 10;
const ADDED = 'its sender added ';

/** Whom the sender of an alert wants asked; who is nobody here is left out. Null when nobody is found. */
export async function findResponders(ctx: Ctx, named: readonly NamedResponder[]): Promise<FoundResponders | null> {
  return named.length === 0 ? null : toAsk(namedAmong(await everybody(ctx), named));
}

function namedAmong(known: readonly Known[], named: readonly NamedResponder[]): ReadonlySet<Known> {
  return new Set(named.flatMap((one) => whoIs(known, one) ?? []));
}

/**
 * By id, else by address, else by name, without regard to case. People choose their names themselves, so a name never
 * comes before somebody's id or address, and one that several have is nobody's.
 */
function whoIs(known: readonly Known[], { type, names }: NamedResponder): Known | undefined {
  const wanted = new Set(names.map(plain));
  const able = known.filter((one) => type === null || one.type === type);
  const byId = able.find(({ id }) => wanted.has(plain(id)));
  if (byId) return byId;
  const byAddress = able.find(({ address }) => address !== null && wanted.has(plain(address)));
  if (byAddress) return byAddress;
  const byName = able.filter(({ name }) => wanted.has(plain(name)));
  return byName.length === 1 ? byName[0] : undefined;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

function toAsk(found: ReadonlySet<Known>): FoundResponders | null {
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

/**
 * Pages at once those whom the sender of an alert adds to it and had not named before; nobody for one that is kept quiet
 * or over, nor when it has had many paged like that.
 */
export async function pageAddedResponders(ctx: Ctx, alert: Alert, named: readonly NamedResponder[]): Promise<void> {
  if (alert.state === 'closed' || alert.quiet !== null) return;
  const known = await everybody(ctx);
  const before = namedAmong(known, respondersOf(alert));
  const found = toAsk(new Set([...namedAmong(known, named)].filter((one) => !before.has(one))));
  if (found === null) return;
  const pages = await findPages(ctx, { alertId: alert.id });
  if (pages.filter(({ policyName }) => policyName.startsWith(ADDED)).length >= MOST_ADDED) return;
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
      name: `${ADDED}${names.join(', ')}`,
    },
    document:
      policy === null ? documentOf(step, REPEAT_COUNT) : { ...pinned(policy), steps: [...step, ...policy.steps] },
    startsAt: ctx.now,
  });
}

async function everybody(ctx: Ctx): Promise<readonly Known[]> {
  const [members, teams, policies] = [await listMembers(ctx), await listTeams(ctx), await findPolicies(ctx)];
  const schedules = await findSchedules(ctx, { limit: MOST_SCHEDULES });
  return [
    ...members.flatMap(({ id, name, email, active }): Known[] =>
      active ? [{ type: 'user', id, address: email, name, found: { target: { kind: 'user', userId: id } } }] : [],
    ),
    ...teams.map(({ id, name }): Known => ({
      type: 'team',
      id,
      address: null,
      name,
      found: { target: { kind: 'team', teamId: id } },
    })),
    ...schedules.map(({ scheduleId: id, name }): Known => ({
      type: 'schedule',
      id,
      address: null,
      name,
      found: { target: { kind: 'schedule', scheduleId: id, who: 'current' } },
    })),
    ...policies.map((policy): Known => ({
      type: 'escalation',
      id: policy.id,
      address: null,
      name: policy.name,
      found: { policy },
    })),
  ];
}
