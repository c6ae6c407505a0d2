import type { System } from '#platform/ctx.ts';
import type { ChatAccount, ChatCredentials, ChatSetting } from '../chat-setting/chat-setting.ts';
import type { ChatKind } from '../chat-setting/contract.ts';
import type { Addressed, SendOutcome } from './channel.ts';

/** What became of a message that was sent: a line to add, and whether its buttons still make sense. */
export type Change = { readonly note: string; readonly open: boolean };

/** One kind of chat: how to send, how to change what was sent, how to try tokens. */
export type ChatVendor<Kind extends ChatKind> = {
  readonly send: (system: System, addressed: Addressed, setting: ChatSetting<Kind>) => Promise<SendOutcome>;
  readonly update: (
    system: System,
    addressed: Addressed,
    setting: ChatSetting<Kind>,
    change: Change,
  ) => Promise<SendOutcome>;
  readonly check: (
    system: System,
    workspace: { readonly workspaceId: string },
    credentials: ChatCredentials<Kind>,
    allowedTargets: readonly string[],
  ) => Promise<ChatAccount>;
};
