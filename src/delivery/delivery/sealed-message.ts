import type { Ctx } from '#platform/ctx.ts';
import type { MailServer } from '../mail-setting/contract.ts';
import type { PhoneProvider } from '../phone-setting/contract.ts';
import type { Message } from './message.ts';

export type StoredMessage = Message & {
  readonly credentials: readonly string[];
  /** SMS and calls: goes by this provider alone. */
  readonly via?: PhoneProvider | undefined;
  /** Mail: goes by this server alone. */
  readonly server?: MailServer | undefined;
};

/** Messages carry personal links, codes and signing secrets, so they rest encrypted. */
export function sealMessage(ctx: Pick<Ctx, 'secrets'>, message: StoredMessage): string {
  return ctx.secrets.seal(JSON.stringify(message));
}

export function openMessage(ctx: Pick<Ctx, 'secrets'>, sealed: string): StoredMessage {
  return JSON.parse(ctx.secrets.open(sealed)) as StoredMessage;
}
