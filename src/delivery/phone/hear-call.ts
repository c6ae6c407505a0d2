import type { Context } from 'hono';
import { readUser } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { System, Who } from '#platform/ctx.ts';
import { answerDelivery } from '../delivery/answer-delivery.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { reasonToDrop } from '../delivery/is-needed.ts';
import { openMessage } from '../delivery/sealed-message.ts';
import { findDelivery } from '../delivery/store.ts';
import { isPhoneKind, PROVIDER_NAMES } from '../phone-setting/phone-setting.ts';
import { choicesOf, linesOf, MISHEARD } from './call-script.ts';
import { readDigit } from './codes.ts';
import { hookUrl, type TryRef } from './hook-url.ts';
import { provedRequest, type ProvedRequest, refuseRequest } from './proved-request.ts';
import { findTries, rememberReply } from './store.ts';
import { takeReceipt } from './take-receipt.ts';
import type { Pressed, Script } from './vendor.ts';

const SILENCE: Script = { lines: [], digitHook: null, last: '' };
const say = (...lines: string[]): Script => ({ lines, digitHook: null, last: '' });

type Heard = ProvedRequest & { readonly ref: TryRef; readonly delivery: Delivery };

/** What became of an SMS or a call, told by its provider. */
export async function hearReceipt(system: System, c: Context): Promise<Response> {
  const proved = await provedRequest(system, c);
  if (proved === null) return refuseRequest(c);
  const heard = await aboutTry(system, c, proved);
  const receipt =
    heard && isPhoneKind(heard.delivery.kind) ? heard.vendor.readReceipt(heard.body, heard.delivery.kind) : null;
  if (heard && receipt) await system.transact(serviceOf(heard), (ctx) => takeReceipt(ctx, heard.ref, receipt));
  const { type, body } = proved.vendor.nothing;
  return c.body(body, 200, { 'content-type': type });
}

/** Somebody picked up: says what the message says, and asks for a digit when it is a page. */
export async function hearPickup(system: System, c: Context): Promise<Response> {
  return answerCall(system, c, async (heard) => {
    const pickup = heard.vendor.readPickup(heard.body);
    if (!pickup) return SILENCE;
    const { callId: providerId, byMachine } = pickup;
    const why = byMachine ? `${PROVIDER_NAMES[heard.provider]}: a machine answered.` : '';
    const outcome = byMachine ? 'undelivered' : 'delivered';
    return system.transact(serviceOf(heard), async (ctx) => {
      await takeReceipt(ctx, heard.ref, { providerId, outcome, why });
      // A mailbox keeps what it hears, codes too, and nobody listens to it at night.
      if (byMachine) return SILENCE;
      const over = await reasonToDrop(ctx, heard.delivery);
      if (over !== null) return say('This is Allclear.', over, 'Nothing needs to be done.');
      const message = openMessage(ctx, heard.delivery.message);
      return scriptOf(system, heard, linesOf(message), choicesOf(message));
    });
  });
}

/** A digit during a call: acts as the person who was called, once. */
export async function hearDigit(system: System, c: Context): Promise<Response> {
  return answerCall(system, c, async (heard) => {
    const pressed = heard.vendor.readPressed(heard.body);
    // Nothing pressed: a machine, or somebody who has heard enough.
    if (!pressed || pressed.digits === '') return say('Goodbye.');
    const answer = readDigit(pressed.digits);
    if (answer === null)
      return scriptOf(system, heard, [MISHEARD], choicesOf(openMessage(system, heard.delivery.message)));
    const who = await personOf(system, heard);
    if (who === null || !(await isOwnCall(system, heard, pressed))) return say('Goodbye.');
    return system.transact(who, async (ctx) => {
      if (!(await rememberReply(ctx, `${heard.provider}:${pressed.callId}:${pressed.digits}`)))
        return say('This was taken already.');
      return say(await answerDelivery(ctx, heard.delivery.id, answer, 'voice'), 'Goodbye.');
    });
  });
}

async function answerCall(system: System, c: Context, act: (heard: Heard) => Promise<Script>): Promise<Response> {
  const proved = await provedRequest(system, c);
  if (proved === null) return refuseRequest(c);
  const heard = await aboutTry(system, c, proved);
  const { type, body } = proved.vendor.speak(heard?.delivery.kind === 'voice' ? await act(heard) : SILENCE);
  return c.body(body, 200, { 'content-type': type });
}

async function aboutTry(system: System, c: Context, proved: ProvedRequest): Promise<Heard | null> {
  const { provider, workspaceId } = proved;
  const deliveryId = c.req.param('deliveryId') ?? '';
  const delivery = await findDelivery(system.read(serviceOf(proved)), deliveryId);
  const number = Number(c.req.param('number'));
  return delivery ? { ...proved, delivery, ref: { provider, workspaceId, deliveryId, number } } : null;
}

function serviceOf({ provider, workspaceId }: Pick<ProvedRequest, 'provider' | 'workspaceId'>): Who {
  return { actor: systemActor(provider), workspaceId };
}

async function personOf(system: System, { delivery, workspaceId, provider }: Heard): Promise<Who | null> {
  if (delivery.userId === null) return null;
  const { id: userId, role } = await readUser(system.read(serviceOf({ provider, workspaceId })), delivery.userId);
  return { actor: { kind: 'user', userId, role, channel: 'phone' }, workspaceId };
}

/** Whether a digit comes from the call that this try made. */
async function isOwnCall(system: System, heard: Heard, { callId }: Pressed): Promise<boolean> {
  const tries = await findTries(system.read(serviceOf(heard)), heard.delivery.id);
  const { number, provider } = heard.ref;
  return tries.some((one) => one.number === number && one.provider === provider && one.providerId === callId);
}

function scriptOf(system: System, { delivery, ref }: Heard, lines: readonly string[], choices: string): Script {
  if (delivery.purpose !== 'page') return { lines: [...lines, ...lines], digitHook: null, last: 'Goodbye.' };
  const digitHook = hookUrl('digit', { ...ref, publicUrl: system.config.publicUrl });
  return { lines: [...lines, choices, ...lines, choices], digitHook, last: 'Goodbye.' };
}
