import type { ChatSetting } from '../chat-setting/chat-setting.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { StoredMessage } from '../delivery/sealed-message.ts';
import type { PhonePlan } from '../phone/prepare-try.ts';
import type { MailTransport } from '../mail-setting/mail-transport.ts';

/** A leased message with everything that sending it takes, read while the lease was taken. */
export type Addressed = {
  readonly delivery: Delivery;
  readonly message: StoredMessage;
  /** The servers in the order in which they are tried; set for mail, and only for mail. */
  readonly mail: readonly MailTransport[] | null;
  /** Set for channels that an admin connects, and only for those. */
  readonly chat: ChatSetting | null;
  /** Set for SMS and calls, and only for those. */
  readonly phone: PhonePlan | null;
  readonly allowedTargets: readonly string[];
};

/** `permanent`: trying again would meet the same refusal. `why` is a sentence for people. */
export type SendOutcome =
  | {
      readonly ok: true;
      readonly providerId: string | null;
      /** What is worth knowing although it went out: another server than the first one took it. */
      readonly note?: string;
    }
  | {
      readonly ok: false;
      readonly permanent: boolean;
      readonly why: string;
      /** The channel says that this address exists no more. */
      readonly gone?: boolean;
      /** The receiver said STOP to this sender. */
      readonly stopped?: boolean;
      /** No answer came, so it may have been taken all the same. */
      readonly unclear?: boolean;
      /** How long the receiver asks to be left alone. */
      readonly retryAfterSeconds?: number | undefined;
    };
