import type { ChatGroupKind } from './contract.ts';

/** A way by which a chat knows somebody. */
type Method = {
  readonly userId: string;
  readonly kind: string;
  readonly address: string;
  readonly verifiedAt: Date | null;
};

/** Who belongs into a group, and who should and cannot. */
export type Members = {
  /** Those whom the chat knows, and by which address, in the same order. */
  readonly userIds: readonly string[];
  readonly addresses: readonly string[];
  readonly missingUserIds: readonly string[];
};

/**
 * The members of the group of a schedule: whoever is on call and is known in its chat, each by the first of their
 * verified contact methods there; without one by the mail address that `mailOf` has, which the chat may know.
 */
export function membersOf(
  onCallIds: readonly string[],
  methods: readonly Method[],
  kind: ChatGroupKind,
  mailOf: ReadonlyMap<string, string> = new Map(),
): Members {
  const known = onCallIds.flatMap((userId) => {
    const method = methods.find((one) => one.userId === userId && one.kind === kind && one.verifiedAt !== null);
    const address = method?.address ?? mailOf.get(userId);
    return address === undefined ? [] : [{ userId, address }];
  });
  return {
    userIds: known.map(({ userId }) => userId),
    addresses: known.map(({ address }) => address),
    missingUserIds: onCallIds.filter((userId) => known.every((one) => one.userId !== userId)),
  };
}

/** What the chats do differently: whether a group can be empty, and whether people are found by mail address. */
export const GROUP_TRAITS: Readonly<
  Record<ChatGroupKind, { readonly takesNobody: boolean; readonly findsByMail: boolean }>
> = {
  slack: { takesNobody: false, findsByMail: false },
  mattermost: { takesNobody: true, findsByMail: true },
  discord: { takesNobody: true, findsByMail: false },
};

const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 300;
/** What a chat refuses stays refused until somebody mends it there, which nobody tells us. */
const REFUSED_SECONDS = 900;

/** How long after a try that came to nothing the next one is: 5, 10, 20 … seconds, or as long as the chat asks for. */
export function secondsUntilNextTry(
  tries: number,
  {
    permanent,
    retryAfterSeconds = 0,
  }: { readonly permanent: boolean; readonly retryAfterSeconds?: number | undefined },
): number {
  if (permanent) return REFUSED_SECONDS;
  return Math.max(retryAfterSeconds, Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(tries, 10)));
}
