import type { Ctx } from '#platform/ctx.ts';
import { findLastTries } from '../phone/store.ts';
import {
  type AllPhoneSettings,
  type PhoneKind,
  type PhoneProvider,
  type PhoneSettingsView,
  phoneProvider,
} from './contract.ts';
import { numbersOf, type PhoneCredentials, type PhoneSetting, unreachableUrl } from './phone-setting.ts';
import { findPhoneSettings, type PhoneSettingRow } from './store.ts';

/** The providers that can carry a kind of message, in the order in which they are tried. */
export async function readPhoneChain(ctx: Ctx, kind: PhoneKind): Promise<PhoneSetting[]> {
  const rows = await findPhoneSettings(ctx);
  return rows.filter((row) => numbersOf(row, kind).length > 0).map((row) => openPhoneSetting(ctx, row));
}

/** One connected provider; null when it is not. */
export async function readPhoneSetting(ctx: Ctx, provider: PhoneProvider): Promise<PhoneSetting | null> {
  const row = (await findPhoneSettings(ctx)).find((one) => one.provider === provider);
  return row ? openPhoneSetting(ctx, row) : null;
}

function openPhoneSetting({ secrets }: Pick<Ctx, 'secrets'>, row: PhoneSettingRow): PhoneSetting {
  const { provider, smsNumbers, voiceNumbers } = row;
  const credentials = JSON.parse(secrets.open(row.credentials)) as PhoneCredentials;
  return { provider, credentials, smsNumbers, voiceNumbers };
}

/** Every provider, connected or not, without its secrets. */
export async function listPhoneSettings(ctx: Ctx): Promise<AllPhoneSettings> {
  const rows = await findPhoneSettings(ctx);
  const others = phoneProvider.options.filter((provider) => !rows.some((row) => row.provider === provider));
  const items: PhoneSettingsView[] = [];
  for (const [index, row] of rows.entries()) items.push(await presentPhoneSetting(ctx, row, index + 1));
  return {
    items: [...items, ...others.map((provider) => notConnected(ctx, provider))],
    problem: unreachableUrl(ctx.publicUrl),
  };
}

async function presentPhoneSetting(ctx: Ctx, row: PhoneSettingRow, position: number): Promise<PhoneSettingsView> {
  const { credentials } = openPhoneSetting(ctx, row);
  const { failed, succeededAt } = await findLastTries(ctx, row.provider);
  const failing = failed && (succeededAt === null || failed.changedAt > succeededAt);
  return {
    ...notConnected(ctx, row.provider),
    configured: true,
    position,
    accountId: credentials.provider === 'twilio' ? credentials.accountSid : credentials.applicationId,
    account: row.account,
    smsNumbers: row.smsNumbers,
    voiceNumbers: row.voiceNumbers,
    changedAt: row.changedAt.toISOString(),
    lastFailure: failing ? { at: failed.changedAt.toISOString(), why: failed.why ?? '' } : null,
  };
}

function notConnected(ctx: Ctx, provider: PhoneProvider): PhoneSettingsView {
  return {
    provider,
    configured: false,
    position: null,
    accountId: null,
    account: null,
    smsNumbers: [],
    voiceNumbers: [],
    inboundUrl: `${ctx.publicUrl}/hooks/${provider}/${ctx.workspaceId}/sms`,
    changedAt: null,
    lastFailure: null,
  };
}
