import { allows, readUser } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { addSeconds } from '#kernel/duration.ts';
import { digest } from '#platform/secrets.ts';
import type { ChatKind } from '../chat-setting/contract.ts';
import { answerDelivery } from '../delivery/answer-delivery.ts';
import { changeAnsweredMessage } from '../delivery/change-messages.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { type Answer, presserSought } from '../delivery/events.ts';
import { queueDelivery } from '../delivery/queue-delivery.ts';
import { findDelivery } from '../delivery/store.ts';
import { rememberAnswer } from './store.ts';

/** A button that was pressed in a chat, by a request whose origin is proved. */
export type Pressed = {
  readonly workspaceId: string;
  readonly kind: ChatKind;
  readonly deliveryId: string;
  readonly answer: Answer;
  /** The same in every repeat of this request, and in no other. */
  readonly key: string;
  /** Whether whoever pressed is the person that the message went to. */
  readonly isTheirs: (delivery: Delivery) => boolean;
  /** Whether it was pressed in the place that the message went to. */
  readonly isThere: (delivery: Delivery) => boolean;
  /** What whoever pressed is known by in the chat. */
  readonly addresses: readonly string[];
  /** What else they are known by there, as the chat itself says when it is asked. */
  readonly otherAddresses?: () => Promise<readonly string[]>;
  /** Says to whoever pressed, and to nobody else, why nothing came of it; where the answer to the request cannot. */
  readonly refuse?: (ctx: Ctx, said: string) => Promise<void>;
};

/** Whoever pressed looks now, or not at all. */
const WORTH_SECONDS = 300;

const NOT_THEIRS = 'This message was not sent to you.';
const HEARD = 'This was taken already.';
const UNKNOWN =
  'Allclear does not know who you are here. Add this chat under Settings, How you are paged, or open the page and answer there.';
const MAY_NOT = 'Your role in Allclear does not allow you to answer pages.';

/**
 * Acts on a button as the person whom the message went to, or, in a place that several people read, as whoever pressed
 * it; answers with the sentence to say back to them.
 */
export async function hearButton(system: System, pressed: Pressed): Promise<string> {
  const { workspaceId, kind, deliveryId } = pressed;
  const found = system.read({ actor: systemActor(kind), workspaceId });
  const delivery = await findDelivery(found, deliveryId);
  if (delivery?.kind !== kind) return NOT_THEIRS;
  if (delivery.userId === null) return hearInPlace(system, pressed, delivery);
  if (!pressed.isTheirs(delivery)) return NOT_THEIRS;
  return actAs(system, pressed, await readUser(found, delivery.userId));
}

async function hearInPlace(system: System, pressed: Pressed, delivery: Delivery): Promise<string> {
  const { workspaceId, kind } = pressed;
  if (delivery.pageId === null || !pressed.isThere(delivery)) return NOT_THEIRS;
  const who = { actor: systemActor(kind), workspaceId };
  const seek = (addresses: readonly string[]) => system.transact(who, (ctx) => findPresser(ctx, kind, addresses));
  const presser =
    (await seek(pressed.addresses)) ?? (pressed.otherAddresses ? await seek(await pressed.otherAddresses()) : null);
  const why = presser === null ? UNKNOWN : allows(presser.role, 'pages.act') ? null : MAY_NOT;
  if (presser !== null && why === null) return actAs(system, pressed, presser);
  const said = why ?? UNKNOWN;
  await system.transact(who, async (ctx) => pressed.refuse?.(ctx, said));
  return said;
}

type Presser = Awaited<ReturnType<typeof readUser>>;

/** Who is known by one of the addresses, as long as they are here. */
async function findPresser(ctx: Ctx, kind: ChatKind, addresses: readonly string[]): Promise<Presser | null> {
  let userId: string | null = null;
  const known = addresses.filter((address) => address !== '');
  if (known.length > 0)
    await ctx.publish(presserSought, { kind, addresses: known, know: (found) => void (userId = found) });
  const user = userId === null ? null : await readUser(ctx, userId);
  return user?.active ? user : null;
}

async function actAs(system: System, pressed: Pressed, { id: userId, role }: Presser): Promise<string> {
  const actor = { kind: 'user', userId, role, channel: 'chat' } as const;
  return system.transact({ actor, workspaceId: pressed.workspaceId }, (ctx) => act(ctx, pressed, userId));
}

async function act(ctx: Ctx, { kind, key, deliveryId, answer }: Pressed, userId: string): Promise<string> {
  if (!(await rememberAnswer(ctx, `${kind}:${key}`))) return HEARD;
  const said = await answerDelivery(ctx, deliveryId, answer, kind, userId);
  await changeAnsweredMessage(ctx, deliveryId, said);
  return said;
}

/** A word to whoever pressed, by the chat itself, for those whose answer to a press says nothing. */
export async function tellPresser(
  ctx: Ctx,
  { kind, key }: { readonly kind: ChatKind; readonly key: string },
  address: string,
  said: string,
): Promise<void> {
  await queueDelivery(ctx, {
    kind,
    address,
    purpose: 'notice',
    uniqueKey: `press:${kind}:${digest(key)}`,
    message: { subject: 'Nothing came of your press', text: said, urgency: 'low' },
    notAfter: addSeconds(ctx.now, WORTH_SECONDS),
  });
}
