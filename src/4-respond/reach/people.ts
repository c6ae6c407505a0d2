import { listMembers, type User } from '#access';
import { type ChannelKind, readChannelFaults } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { type ContactMethodRow, findMethods, findRules } from '../contact-method/store.ts';
import type { QuietWindow } from '../quiet-hours/contract.ts';
import { quietUntil } from '../quiet-hours/quiet-until.ts';
import { type Reach, reachOf } from './reach.ts';

/** Everybody in the workspace and how they can be reached, read once for everything that a step decides and says. */
export type People = {
  readonly members: ReadonlyMap<string, User>;
  readonly methods: readonly ContactMethodRow[];
  readonly nameOf: (userId: string | null) => string;
  /** How a person would be told now; undefined when they are not a member. */
  readonly reachOf: (userId: string, urgency: Urgency) => Reach | undefined;
  /** The quiet hours of those who have some and are told of low urgency. */
  readonly quiet: ReadonlyMap<string, readonly QuietWindow[]>;
  /** When the quiet hours of a person end that defer a page of this urgency at an instant; null when nothing does. */
  readonly quietUntil: (userId: string, urgency: Urgency, at: Date) => Date | null;
  /** Everybody who answers pages, as ids: the owners first, then the others. Whom to ask when a policy has nobody. */
  readonly responders: readonly string[];
};

export async function readPeople(ctx: Ctx): Promise<People> {
  const members = await listMembers(ctx);
  const methods = await findMethods(ctx);
  const rules = await findRules(ctx);
  const faults = await readChannelFaults(ctx);
  const works = (kind: ChannelKind) => faults[kind] === undefined;
  const byId = new Map(members.map((member) => [member.id, member]));
  const active = members.filter(({ active, role }) => active && role !== 'viewer');
  const quiet = new Map(rules.flatMap(({ userId, quietWindows }) => (quietWindows ? [[userId, quietWindows]] : [])));
  const owners = active.filter(({ role }) => role === 'owner');
  return {
    members: byId,
    methods,
    nameOf: (userId) => byId.get(userId ?? '')?.name ?? 'somebody',
    reachOf(userId, urgency) {
      const person = byId.get(userId);
      return person && reachOf(person, methods, rules, urgency, works);
    },
    quiet,
    quietUntil(userId, urgency, at) {
      const windows = urgency === 'low' ? quiet.get(userId) : undefined;
      return windows ? quietUntil(windows, byId.get(userId)?.timeZone ?? 'UTC', at) : null;
    },
    responders: [...new Set([...owners, ...active].map(({ id }) => id))],
  };
}

/** Whether a person would be reached now. */
export function canReach(people: People, urgency: Urgency): (userId: string) => boolean {
  return (userId) => people.reachOf(userId, urgency)?.unreachable === null;
}
