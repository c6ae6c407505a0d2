import type { LastOutcome } from '#delivery';
import { DAY_MS } from '#kernel/duration.ts';
import { CHANNEL_WORDS } from '../contact-method/channel-words.ts';
import type { ContactMethodRow } from '../contact-method/store.ts';
import type { People } from '../reach/people.ts';

export type MethodFault = {
  readonly kind: 'method';
  readonly userId: string;
  readonly text: string;
  readonly consequence: string;
};

/** What the addresses of people have come to lately. */
export type Outcomes = {
  readonly now: Date;
  readonly last: (method: Pick<ContactMethodRow, 'userId' | 'kind' | 'address'>) => LastOutcome | undefined;
  /** `24 Nov`, in the workspace's zone. */
  readonly day: (instant: Date) => string;
};

/**
 * People who have methods that do not work beside others that do: not verified, lost, or failing the last time. Each person
 * once, with what is left of them; who is not reached by any rule is told of elsewhere.
 */
export function methodFaults(userIds: Iterable<string>, people: People, outcomes: Outcomes): MethodFault[] {
  const faults: MethodFault[] = [];
  for (const userId of new Set(userIds)) {
    const reach = people.reachOf(userId, 'high');
    if (reach === undefined || reach.unreachable !== null) continue;
    const own = people.methods.filter((method) => method.userId === userId);
    const whys = own.flatMap((method) => {
      const why = whyNot(method, outcomes);
      return why === null ? [] : [{ id: method.id, why }];
    });
    if (whys.length === 0) continue;
    const broken = new Set(whys.map(({ id }) => id));
    const left = reach.methods.filter(({ contactMethodId }) => !broken.has(contactMethodId));
    const kinds = [...new Set(left.map(({ kind }) => CHANNEL_WORDS[kind]))];
    const consequence =
      kinds.length === 0
        ? `A SEV1 may not reach ${reach.name} at all.`
        : `A SEV1 would reach ${reach.name} by ${kinds.join(' and ')} only.`;
    const said = whys.map(({ why }) => why).join('; ');
    faults.push({ kind: 'method', userId, text: `${reach.name}: ${said}. ${consequence}`, consequence });
  }
  return faults;
}

function whyNot(method: ContactMethodRow, { now, last, day }: Outcomes): string | null {
  const name = method.label === null ? CHANNEL_WORDS[method.kind] : `${CHANNEL_WORDS[method.kind]} (${method.label})`;
  if (method.lostAt !== null)
    return method.kind === 'sms'
      ? `${name} is off since ${day(method.lostAt)}, because the number said STOP`
      : `${name} does not take messages any more since ${day(method.lostAt)}`;
  // Whoever is at it has a day.
  if (method.verifiedAt === null)
    return now.getTime() - method.createdAt.getTime() < DAY_MS ? null : `${name} was never verified`;
  const outcome = last(method);
  if (outcome?.state !== 'failed') return null;
  const why = outcome.why === null ? '' : ` (${outcome.why.replace(/\.$/, '')})`;
  return `the last message by ${name} failed on ${day(outcome.at)}${why}`;
}
