import { readAllowedTargets, readWorkspace } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import { HOUR_MS } from '#kernel/duration.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { sendNow } from '../delivery/send-now.ts';
import { countTests } from '../delivery/outcome-store.ts';
import { maskNumber } from '../phone/number.ts';
import { checkProvider } from '../phone/vendors.ts';
import type { PhoneKind, PhoneProvider } from './contract.ts';
import { numbersOf, PROVIDER_NAMES } from './phone-setting.ts';
import { readPhoneSetting } from './read-phone-settings.ts';

const TESTS_PER_HOUR = 20;

type Wanted = { readonly to?: string | undefined; readonly kind: PhoneKind };

/** Asks a provider whether the account works, or sends one message by it alone, and says what came of it. */
export async function testPhoneSettings(ctx: Ctx, provider: PhoneProvider, wanted: Wanted, system: System) {
  const name = PROVIDER_NAMES[provider];
  const setting = await readPhoneSetting(ctx, provider);
  if (!setting) throw conflict(`${name} is not connected. Connect it first.`);
  const { to, kind } = wanted;
  if (to === undefined) {
    const found = await checkProvider(system, setting.credentials, await readAllowedTargets(ctx));
    if (!found.ok) return { ok: false, message: `${name} refuses this: ${found.why}` };
    return { ok: true, message: `${name} knows the account: ${found.account}.` };
  }
  if (numbersOf(setting, kind).length === 0)
    throw conflict(`${name} has no number for ${kind === 'sms' ? 'SMS' : 'calls'} here. Add one first.`);
  const userId = actorUserId(ctx.actor) ?? undefined;
  await refuseFlood(ctx, userId);
  const workspace = await readWorkspace(ctx);
  const status = await sendNow(system, ctx, {
    kind,
    address: to,
    purpose: 'test',
    via: provider,
    userId,
    uniqueKey: `phone-test:${ctx.newId('tst')}`,
    message: {
      subject: `Test from Allclear of ${workspace.name}`,
      text: `This is a test of ${name}. Nothing needs to be done.`,
      brief: [`This is a test of ${name}. Nothing needs to be done.`],
      urgency: 'high',
    },
  });
  if (status.state === 'sent') return { ok: true, message: `${name} took it for ${maskNumber(to)}.` };
  return { ok: false, message: status.why ?? 'It is still under way: look in the outbox.' };
}

async function refuseFlood(ctx: Ctx, userId: string | undefined): Promise<void> {
  if (userId === undefined) return;
  const since = new Date(ctx.now.getTime() - HOUR_MS);
  if ((await countTests(ctx, userId, since)) < TESTS_PER_HOUR) return;
  const why = `At most ${TESTS_PER_HOUR} tests are sent for a person in an hour. Try again later.`;
  throw new AppError('limit', why, { retryAfterSeconds: 600 });
}
