import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type Delivery, nextAttempt } from '../delivery/delivery.ts';
import { openMessage } from '../delivery/sealed-message.ts';
import type { PhoneKind } from '../phone-setting/contract.ts';
import { readPhoneChain } from '../phone-setting/read-phone-settings.ts';
import { planNext } from './chain.ts';
import { findTries } from './store.ts';

/**
 * When a message that did not get through is handed on: at once while a provider has not had its turn, else after a wait
 * that grows with every round. Null when nobody is left who might carry it.
 */
export async function nextTry(
  ctx: Ctx,
  delivery: Delivery,
  kind: PhoneKind,
  retryAfterSeconds = 0,
): Promise<Date | null> {
  const { via } = openMessage(ctx, delivery.message);
  const chain = (await readPhoneChain(ctx, kind)).map(({ provider }) => provider);
  const allowed = chain.filter((provider) => via === undefined || provider === via);
  const plan = planNext(await findTries(ctx, delivery.id), allowed);
  if (plan === null) return null;
  const { notAfter, purpose } = delivery;
  if (plan.atOnce) return notAfter !== null && ctx.now > notAfter ? null : ctx.now;
  const own = nextAttempt(purpose, plan.rounds, ctx.now, notAfter);
  const theirs = addSeconds(ctx.now, retryAfterSeconds);
  if (own === null || own >= theirs) return own;
  return notAfter !== null && theirs > notAfter ? null : theirs;
}
