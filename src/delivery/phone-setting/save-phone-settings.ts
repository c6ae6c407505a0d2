import { audit, readAllowedTargets } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, assert, conflict, invalid } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { channelSettingsChanged } from '../delivery/events.ts';
import { checkProvider } from '../phone/vendors.ts';
import type { AllPhoneSettings, PhoneProvider, PhoneSettingsInput, PhoneSettingsView } from './contract.ts';
import { type PhoneCredentials, PROVIDER_NAMES } from './phone-setting.ts';
import { listPhoneSettings, readPhoneSetting } from './read-phone-settings.ts';
import { deletePhoneSetting, findPhoneSettings, movePhoneSetting, upsertPhoneSetting } from './store.ts';

/** Tries the account at the provider (outside any transaction), then keeps it sealed. Refuses with what it said. */
export async function savePhoneSettings(
  ctx: Ctx,
  input: PhoneSettingsInput,
  system: System,
): Promise<PhoneSettingsView> {
  const { provider, smsNumbers, voiceNumbers } = input;
  if (smsNumbers.length + voiceNumbers.length === 0)
    throw invalid('body.smsNumbers', 'expected at least one number for SMS or for calls');
  const stored = await readPhoneSetting(ctx, provider);
  const credentials = withStored(input, stored?.credentials);
  const found = await checkProvider(system, credentials, await readAllowedTargets(ctx));
  if (!found.ok) throw new AppError('invalid', `${PROVIDER_NAMES[provider]} refuses this: ${found.why}`);
  return system.transact(ctx, async (within) => {
    await upsertPhoneSetting(within, {
      workspaceId: within.workspaceId,
      provider,
      position: (await findPhoneSettings(within)).length + 1,
      credentials: within.secrets.seal(JSON.stringify(credentials)),
      account: found.account.slice(0, 200),
      smsNumbers: [...new Set(smsNumbers)],
      voiceNumbers: [...new Set(voiceNumbers)],
      changedAt: within.now,
      changedBy: actorUserId(within.actor),
    });
    const detail = { provider, account: found.account, smsNumbers, voiceNumbers };
    await audit(within, { action: 'phone-settings.change', subjectId: within.workspaceId, detail });
    await within.publish(channelSettingsChanged, { setting: 'phone' });
    within.touch('settings');
    const saved = (await listPhoneSettings(within)).items.find((one) => one.provider === provider);
    assert(saved, 'the provider that was just saved is there');
    return saved;
  });
}

/** What was typed, and what is stored where nothing was. */
function withStored(input: PhoneSettingsInput, stored: PhoneCredentials | undefined): PhoneCredentials {
  if (input.provider === 'twilio') {
    const { provider, accountSid } = input;
    const old = stored?.provider === 'twilio' && stored.accountSid === accountSid ? stored : null;
    return { provider, accountSid, authToken: input.authToken ?? missing('authToken', old?.authToken) };
  }
  const { provider, applicationId } = input;
  const old = stored?.provider === 'vonage' && stored.applicationId === applicationId ? stored : null;
  return {
    provider,
    applicationId,
    privateKey: input.privateKey ?? missing('privateKey', old?.privateKey),
    signatureSecret: input.signatureSecret ?? missing('signatureSecret', old?.signatureSecret),
  };
}

function missing(field: string, stored: string | undefined): string {
  if (stored === undefined) throw invalid(`body.${field}`, 'is needed: none is stored for this account');
  return stored;
}

/** Disconnects a provider. */
export async function removePhoneSettings(ctx: Ctx, provider: PhoneProvider): Promise<void> {
  if (!(await deletePhoneSetting(ctx, provider))) return;
  await audit(ctx, { action: 'phone-settings.remove', subjectId: ctx.workspaceId, detail: { provider } });
  await ctx.publish(channelSettingsChanged, { setting: 'phone' });
  ctx.touch('settings');
}

/** Sets the order in which providers are tried. */
export async function orderPhoneSettings(ctx: Ctx, providers: readonly PhoneProvider[]): Promise<AllPhoneSettings> {
  const connected = (await findPhoneSettings(ctx)).map(({ provider }) => provider);
  const unknown = providers.find((provider) => !connected.includes(provider));
  if (unknown) throw conflict(`${PROVIDER_NAMES[unknown]} is not connected. Connect it first.`);
  const order = [...new Set([...providers, ...connected])];
  for (const [index, provider] of order.entries()) await movePhoneSetting(ctx, provider, index + 1);
  await audit(ctx, { action: 'phone-settings.order', subjectId: ctx.workspaceId, detail: { order } });
  await ctx.publish(channelSettingsChanged, { setting: 'phone' });
  ctx.touch('settings');
  return listPhoneSettings(ctx);
}
