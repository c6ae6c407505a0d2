import type { System } from '#platform/ctx.ts';
import type { ChatSetting } from '../chat-setting/chat-setting.ts';
import type { ChatKind } from '../chat-setting/contract.ts';
import type { SendOutcome } from './channel.ts';

/** The chats that have groups which people can mention and a bot can fill. */
export type GroupKind = Extract<ChatKind, 'slack' | 'mattermost' | 'discord'>;

export type WantedGroup = {
  /** As the chat calls the group. */
  readonly groupId: string;
  /** Whom it is to consist of, as the chat knows them. */
  readonly addresses: readonly string[];
  /** Whom we may have put into it before. */
  readonly held: readonly string[];
  readonly allowedTargets: readonly string[];
};

/** What came of setting the members of a group. */
export type GroupOutcome =
  | {
      readonly ok: true;
      /** What people write to mention it; null when the chat did not say. */
      readonly handle: string | null;
      /** Addresses that the chat knows nobody by. */
      readonly unknown: readonly string[];
      /** False when it was left as it was, since the chat takes no empty group. */
      readonly isSet: boolean;
    }
  | {
      readonly ok: false;
      readonly permanent: boolean;
      readonly why: string;
      readonly retryAfterSeconds?: number | undefined;
    };

/** Makes people the members of a group and, as far as the chat says who is in it, nobody else. */
export type SetGroup<Kind extends GroupKind> = (
  system: System,
  setting: ChatSetting<Kind>,
  wanted: WantedGroup,
) => Promise<GroupOutcome>;

/** What a chat refused, as an outcome, in words about groups where there are some. */
export function refusedGroup(outcome: SendOutcome, advice?: string): GroupOutcome & { readonly ok: false } {
  if (outcome.ok) return { ok: false, permanent: false, why: 'The chat gave no answer that can be read.' };
  const { permanent, why, retryAfterSeconds } = outcome;
  return { ok: false, permanent, why: advice ?? why, retryAfterSeconds };
}
