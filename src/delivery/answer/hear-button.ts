import { readUser } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { ChatKind } from '../chat-setting/contract.ts';
import { answerDelivery } from '../delivery/answer-delivery.ts';
import { changeAnsweredMessage } from '../delivery/change-messages.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Answer } from '../delivery/events.ts';
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
};

const NOT_THEIRS = 'This message was not sent to you.';
const HEARD = 'This was taken already.';

/** Acts on a button as the person whom the message went to; answers with the sentence to say back to them. */
export async function hearButton(system: System, pressed: Pressed): Promise<string> {
  const { workspaceId, kind, deliveryId, answer } = pressed;
  const found = system.read({ actor: systemActor(kind), workspaceId });
  const delivery = await findDelivery(found, deliveryId);
  if (delivery?.kind !== kind || delivery.userId === null || !pressed.isTheirs(delivery)) return NOT_THEIRS;
  const { id: userId, role } = await readUser(found, delivery.userId);
  const actor = { kind: 'user', userId, role, channel: 'chat' } as const;
  return system.transact({ actor, workspaceId }, (ctx) => act(ctx, pressed, answer));
}

async function act(ctx: Ctx, { kind, key, deliveryId }: Pressed, answer: Answer): Promise<string> {
  if (!(await rememberAnswer(ctx, `${kind}:${key}`))) return HEARD;
  const said = await answerDelivery(ctx, deliveryId, answer, kind);
  await changeAnsweredMessage(ctx, deliveryId, said);
  return said;
}
