import type { Context } from 'hono';
import { readUser } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { answerDelivery } from '../delivery/answer-delivery.ts';
import { addressResumed, addressStopped } from '../delivery/events.ts';
import { queueDelivery } from '../delivery/queue-delivery.ts';
import { findDelivery } from '../delivery/store.ts';
import { type Reply, readReply } from './codes.ts';
import { isAsking } from './give-code.ts';
import { provedRequest, type ProvedRequest, refuseRequest } from './proved-request.ts';
import { deleteStop, findCodes, insertStop, rememberReply } from './store.ts';
import type { Inbound } from './vendor.ts';

const UNKNOWN_CODE = 'No page of yours has that code. Reply with the digits that stand in its message.';
const WHICH = 'Several pages ask you. Reply with the digits that stand in the message.';
const BACK = 'Pages reach this number again. Reply STOP to end them.';
const WORTH_SECONDS = 600;

/** An SMS to one of our numbers: an answer to a page, STOP or START. The same one twice has its effect once. */
export async function hearSms(system: System, c: Context): Promise<Response> {
  const proved = await provedRequest(system, c);
  if (proved === null) return refuseRequest(c);
  const inbound = proved.vendor.readInbound(proved.body);
  if (inbound) await takeSms(system, proved, inbound);
  const { type, body } = proved.vendor.nothing;
  return c.body(body, 200, { 'content-type': type });
}

async function takeSms(system: System, proved: ProvedRequest, inbound: Inbound): Promise<void> {
  const { workspaceId } = proved;
  const reply = readReply(inbound.text);
  const service: Who = { actor: systemActor('sms'), workspaceId };
  const target = reply.kind === 'answer' ? await targetOf(system.read(service), inbound.from, reply) : null;
  const who = target && 'who' in target ? target.who : service;
  await system.transact(who, async (ctx) => {
    if (!(await rememberReply(ctx, `${proved.provider}:${inbound.id}`))) return;
    const said = await act(ctx, inbound, reply, target);
    if (said !== null) await sayBack(ctx, proved, inbound, said);
  });
}

type AnswerReply = Extract<Reply, { kind: 'answer' }>;
type Target = { readonly who: Who; readonly deliveryId: string } | { readonly why: string } | null;

/** Which page a reply is about, and as whom it acts. Null for a number that we never wrote to: nobody answers it. */
async function targetOf(ctx: Ctx, from: string, { slot }: AnswerReply): Promise<Target> {
  const codes = await findCodes(ctx, from);
  if (codes.length === 0) return null;
  const asking = [];
  if (slot === null) for (const row of codes) if (await isAsking(ctx, row.deliveryId)) asking.push(row);
  if (asking.length > 1) return { why: WHICH };
  const code = slot === null ? (asking[0] ?? codes.at(-1)) : codes.find((row) => row.slot === slot);
  const delivery = code && (await findDelivery(ctx, code.deliveryId));
  if (!delivery?.userId) return { why: UNKNOWN_CODE };
  const { id: userId, role } = await readUser(ctx, delivery.userId);
  const who: Who = { actor: { kind: 'user', userId, role, channel: 'phone' }, workspaceId: ctx.workspaceId };
  return { who, deliveryId: delivery.id };
}

/** What to say back; null for nothing. */
async function act(ctx: Ctx, { from }: Inbound, reply: Reply, target: Target): Promise<string | null> {
  const at = { kind: 'sms', address: from } as const;
  switch (reply.kind) {
    case 'stop':
      if (await insertStop(ctx, from)) await ctx.publish(addressStopped, at);
      return null;
    case 'start':
      if (!(await deleteStop(ctx, from))) return null;
      await ctx.publish(addressResumed, at);
      return BACK;
    case 'answer':
      if (target === null) return null;
      return 'why' in target ? target.why : answerDelivery(ctx, target.deliveryId, reply.answer, 'sms');
    case 'other':
      // Another machine that answers everything must not be answered by this one.
      return null;
  }
}

async function sayBack(ctx: Ctx, { provider }: ProvedRequest, { id, from }: Inbound, said: string): Promise<void> {
  await queueDelivery(ctx, {
    kind: 'sms',
    address: from,
    purpose: 'notice',
    via: provider,
    uniqueKey: `sms-reply:${provider}:${id}`,
    message: { subject: said, text: said, urgency: 'high' },
    notAfter: addSeconds(ctx.now, WORTH_SECONDS),
  });
}
