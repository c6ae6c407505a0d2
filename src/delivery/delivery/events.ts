import { defineEvent } from '#platform/events.ts';
import type { ChannelKind, DeliveryPurpose } from './contract.ts';
import type { Message } from './message.ts';

type About = {
  readonly deliveryId: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly purpose: DeliveryPurpose;
  readonly pageId: string | null;
  readonly userId: string | null;
  readonly incidentId: string | null;
  readonly subscriberId: string | null;
};

/** Why a message does not go out yet, and when to ask again. */
export type Wait = { readonly until: Date; readonly why: string };

/**
 * A message is about to be sent, in the transaction that leases it. Whoever knows that nobody needs it any more calls
 * `drop` with the reason: a page that was acknowledged, a subscriber who left. Whoever has to find out first whether it
 * is still true calls `wait`, and is asked again then; `waitingSince` is when that was first called.
 */
export const deliveryDue = defineEvent<
  About & {
    readonly waitingSince: Date | null;
    readonly drop: (why: string) => void;
    readonly wait: (wait: Wait) => void;
  }
>('delivery.due');

/** It begins to wait, since somebody has to find out first whether it is still true. */
export const deliveryWaits = defineEvent<About & { readonly why: string }>('delivery.waits');

/** Nobody needed it any more when its turn came. */
export const deliveryDropped = defineEvent<About & { readonly why: string }>('delivery.dropped');

/**
 * A page that has waited for more than a minute is about to be sent, in the transaction that leases it. Whoever wrote it
 * calls `reword` with how things stand by now.
 */
export const deliveryLate = defineEvent<About & { readonly dueAt: Date; readonly reword: (message: Message) => void }>(
  'delivery.late',
);

/** The try of a page has gone without an answer for so many seconds, and goes on: it may still arrive. */
export const deliverySlow = defineEvent<About & { readonly seconds: number }>('delivery.slow');

/** The provider says that it arrived. */
export const deliveryConfirmed = defineEvent<About>('delivery.confirmed');

/** The provider took it. */
export const deliverySent = defineEvent<About>('delivery.sent');

/** One try failed. `final`: it will not be tried again (also when the channel is not configured and it is held). */
export const deliveryFailed = defineEvent<
  About & {
    readonly final: boolean;
    /** It has failed for some minutes, and is tried on. */
    readonly stuck?: boolean;
    readonly why: string;
    /** Set when the channel said that this address exists no more. */
    readonly goneAddress?: string | undefined;
  }
>('delivery.failed');

/** What somebody may answer to a message where they got it. */
export type Answer = 'acknowledge' | 'take-command' | 'escalate';

/**
 * Somebody answered a message by its own channel: an SMS reply, a digit on the phone, a button in a chat. Whoever the
 * message was about acts, and calls `say` with the sentence that goes back to the person.
 */
export const deliveryAnswered = defineEvent<
  About & { readonly answer: Answer; readonly channel: string; readonly say: (text: string) => void }
>('delivery.answered');

/** Mail, a telephone provider or a chat was connected, changed or disconnected. */
export const channelSettingsChanged = defineEvent<{ readonly setting: 'mail' | 'phone' | 'chat' }>(
  'delivery.channel-settings-changed',
);

/**
 * Somebody pressed a button in a place that several people read. Whoever knows a person by one of these addresses of the
 * chat calls `know`.
 */
export const presserSought = defineEvent<{
  readonly kind: ChannelKind;
  readonly addresses: readonly string[];
  readonly know: (userId: string) => void;
}>('delivery.presser-sought');

/** Somebody replied STOP from a number, so nothing is sent to it until START. */
export const addressStopped = defineEvent<{ readonly kind: ChannelKind; readonly address: string }>(
  'delivery.address-stopped',
);

/** Somebody replied START from a number that had said STOP. */
export const addressResumed = defineEvent<{ readonly kind: ChannelKind; readonly address: string }>(
  'delivery.address-resumed',
);

/** Somebody wrote to us from an address with a code that was handed to one person, as Telegram's Start button does. */
export const addressClaimed = defineEvent<{
  readonly kind: ChannelKind;
  readonly code: string;
  readonly address: string;
  /** By what its person knows it; null when the service does not say. */
  readonly name: string | null;
  readonly say: (text: string) => void;
}>('delivery.address-claimed');

/** A chat or an app was connected, or connected anew with other tokens. */
export const chatConnected = defineEvent<{ readonly kind: ChannelKind }>('chat.connected');
