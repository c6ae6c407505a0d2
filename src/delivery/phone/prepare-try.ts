import type { Ctx } from '#platform/ctx.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { StoredMessage } from '../delivery/sealed-message.ts';
import type { PhoneKind } from '../phone-setting/contract.ts';
import { noProvider, numbersOf, type PhoneCredentials } from '../phone-setting/phone-setting.ts';
import { readPhoneChain } from '../phone-setting/read-phone-settings.ts';
import { mayHaveArrived, planNext } from './chain.ts';
import { giveCodes } from './give-code.ts';
import { senderFor } from './number.ts';
import { smsText } from './sms-text.ts';
import { findStops, findTries, insertTry, updateTry } from './store.ts';

/** Everything that handing a message to a provider takes. */
export type PhonePlan = {
  readonly number: number;
  readonly kind: PhoneKind;
  readonly credentials: PhoneCredentials;
  readonly sender: string;
  readonly text: string;
};

export type Prepared =
  | { readonly kind: 'ready'; readonly plan: PhonePlan }
  /** No provider is connected for this kind. */
  | { readonly kind: 'hold'; readonly why: string }
  | { readonly kind: 'fail'; readonly why: string };

const SAID_STOP = 'This number said STOP, so nothing is sent to it until it says START.';
const DIED = 'Allclear stopped in the middle of it; it may have gone out.';

/** Chooses the provider and the sender of the next try, and writes down that it begins, in the transaction of its lease. */
export async function prepareTry(
  ctx: Ctx,
  delivery: Delivery,
  kind: PhoneKind,
  message: StoredMessage,
): Promise<Prepared> {
  const chain = (await readPhoneChain(ctx, kind)).filter(
    ({ provider }) => message.via === undefined || provider === message.via,
  );
  if (chain.length === 0) return { kind: 'hold', why: noProvider(kind) };
  if (kind === 'sms' && (await findStops(ctx, [delivery.address])).size > 0) return { kind: 'fail', why: SAID_STOP };
  const tries = await findTries(ctx, delivery.id);
  for (const one of tries.filter(({ state }) => state === 'sending'))
    await updateTry(ctx, one, { state: 'failed', unclear: true, why: DIED });
  const planned =
    planNext(
      tries,
      chain.map(({ provider }) => provider),
    ) ??
    planNext(
      [],
      chain.map(({ provider }) => provider),
    );
  const setting = chain.find(({ provider }) => provider === planned?.provider);
  const sender = setting && senderFor(delivery.address, numbersOf(setting, kind));
  if (!setting || sender === undefined) return { kind: 'hold', why: noProvider(kind) };
  const codes = kind === 'sms' ? await giveCodes(ctx, delivery) : null;
  const number = tries.length + 1;
  const { provider, credentials } = setting;
  await insertTry(ctx, {
    deliveryId: delivery.id,
    number,
    provider,
    sender,
    state: 'sending',
    permanent: false,
    unclear: false,
    why: null,
    providerId: null,
    startedAt: ctx.now,
    changedAt: ctx.now,
  });
  const text = smsText(message, { codes, again: mayHaveArrived(tries) });
  return { kind: 'ready', plan: { number, kind, credentials, sender, text } };
}
