import type { ChannelKind } from '#delivery';
import { CHANNEL_WORDS } from '../contact-method/channel-words.ts';
import type { Urgency } from '../contact-method/contract.ts';

type ReachMethod = {
  readonly contactMethodId: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly delaySeconds: number;
};

/** How one person would be told now, soonest method first, or why they would not. */
export type Reach = {
  readonly userId: string;
  readonly name: string;
  readonly methods: readonly ReachMethod[];
  readonly unreachable: string | null;
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly awaited?: boolean;
};
export type Method = {
  readonly id: string;
  readonly userId: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly verifiedAt: Date | null;
};
export type Rule = { readonly contactMethodId: string; readonly urgency: Urgency; readonly delaySeconds: number };

/** Works out how a person is reached at an urgency, from what is stored about them and which channels work. */
export function reachOf(
  person: Person,
  methods: readonly Method[],
  rules: readonly Rule[],
  urgency: Urgency,
  works: (kind: ChannelKind) => boolean,
): Reach {
  const own = methods.filter((method) => method.userId === person.id);
  const verified = own.filter((method) => method.verifiedAt !== null);
  const usable = verified.filter((method) => works(method.kind));
  const chosen = usable.flatMap((method) =>
    rules
      .filter((rule) => rule.contactMethodId === method.id && rule.urgency === urgency)
      .map(({ delaySeconds }) => ({
        contactMethodId: method.id,
        kind: method.kind,
        address: method.address,
        delaySeconds,
      })),
  );
  const ordered = person.active ? chosen.toSorted((a, b) => a.delaySeconds - b.delaySeconds) : [];
  return { userId: person.id, name: person.name, methods: ordered, unreachable: ordered.length > 0 ? null : why() };

  function why(): string {
    if (!person.active) return `${person.name} is deactivated`;
    if (person.awaited) return `${person.name} has not joined yet`;
    if (own.length === 0) return `${person.name} has no contact method`;
    if (verified.length === 0) return `${person.name} has no verified contact method`;
    if (usable.length === 0) return `${person.name} can only be reached by ${brokenKinds()}, which is not configured`;
    return `${person.name} has no notification rule for ${urgency} urgency`;
  }

  function brokenKinds(): string {
    return [...new Set(verified.map(({ kind }) => CHANNEL_WORDS[kind]))].join(' or ');
  }
}
