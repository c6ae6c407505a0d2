import {
  type ChatKind,
  type ChatSettingsInput,
  chatSettingsInput,
  type ChatSettingsView,
  listChatSettings,
  listPhoneSettings,
  orderPhoneSettings,
  type PhoneProvider,
  type PhoneSettingsInput,
  phoneSettingsInput,
  type PhoneSettingsView,
  removeChatSettings,
  removePhoneSettings,
  saveChatSettings,
  savePhoneSettings,
} from '#delivery/contract';
import { changeStatusPage, listStatusPages } from '#communicate/contract';
import type { Api } from '../api.ts';
import { everyOne } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { chatRows, phoneRows } from './settings.ts';

export type PhoneOptions = {
  readonly account?: string;
  readonly sms: readonly string[];
  readonly voice: readonly string[];
  readonly first?: boolean;
  readonly remove?: boolean;
};
export type ChatOptions = {
  readonly connect?: boolean;
  readonly url?: string;
  readonly publicKey?: string;
  readonly remove?: boolean;
};

const SECRETS: Record<PhoneProvider, readonly string[]> = {
  twilio: ['ALLCLEAR_TWILIO_AUTH_TOKEN'],
  vonage: ['ALLCLEAR_VONAGE_PRIVATE_KEY', 'ALLCLEAR_VONAGE_SIGNATURE_SECRET'],
};

/** A provider of SMS and calls; with options, connected. Its secrets are read from the environment; what is not named stays. */
export async function phoneSettings(
  api: Api,
  io: Io,
  provider: PhoneProvider,
  { account, sms, voice, first = false, remove = false }: PhoneOptions,
): Promise<Outcome> {
  if (remove) await api.call(removePhoneSettings, { params: { provider } });
  const { items, problem } = await api.call(listPhoneSettings, {});
  const before = items.find((one) => one.provider === provider);
  const sets = account !== undefined || sms.length > 0 || voice.length > 0;
  if (!sets && !first) return shownPhone(before, problem, io);
  if (sets) await api.call(savePhoneSettings, { body: phoneBody(io, provider, { account, sms, voice }, before) });
  const providers = [provider];
  const after = first
    ? await api.call(orderPhoneSettings, { body: { providers } })
    : await api.call(listPhoneSettings, {});
  const saved = after.items.find((one) => one.provider === provider);
  return shownPhone(saved, after.problem, io, `Try it: allclear settings test ${provider} --to NUMBER`);
}

function shownPhone(one: PhoneSettingsView | undefined, problem: string | null, io: Io, then?: string): Outcome {
  const items = one === undefined ? [] : [one];
  const lines = [
    columns(phoneRows({ items, problem }, io)),
    ...items.flatMap(({ configured, smsNumbers, voiceNumbers, inboundUrl, position }) =>
      configured
        ? [
            `SMS by ${smsNumbers.join(', ') || 'none'}, calls by ${voiceNumbers.join(', ') || 'none'}; number ${position ?? 1} in the order.`,
            `What comes in has to be sent to ${inboundUrl}`,
          ]
        : [],
    ),
    ...(then === undefined ? [] : [then]),
  ];
  const works = one?.configured === true && one.lastFailure === null;
  return { text: lines.join('\n'), data: one ?? null, exitCode: works ? EXIT.ok : EXIT.attention };
}

function phoneBody(
  io: Io,
  provider: PhoneProvider,
  { account, sms, voice }: Pick<PhoneOptions, 'sms' | 'voice'> & { readonly account: string | undefined },
  before: PhoneSettingsView | undefined,
): PhoneSettingsInput {
  const numbersOf = (given: readonly string[], stored: readonly string[] = []) =>
    given.length === 0 ? stored : given.filter((one) => one !== 'none');
  const id = account ?? before?.accountId;
  if (!id)
    throw new CommandError(
      `Say which account: allclear settings phone ${provider} --account ID --sms NUMBER`,
      EXIT.usage,
    );
  const ours = {
    smsNumbers: numbersOf(sms, before?.smsNumbers),
    voiceNumbers: numbersOf(voice, before?.voiceNumbers),
  };
  const missing = SECRETS[provider].filter((name) => !io.env[name]);
  if (missing.length > 0 && id !== before?.accountId)
    throw new CommandError(`Put what is secret of ${provider} into ${missing.join(' and ')}.`);
  const wanted =
    provider === 'twilio'
      ? { provider, accountSid: id, authToken: io.env['ALLCLEAR_TWILIO_AUTH_TOKEN'], ...ours }
      : {
          provider,
          applicationId: id,
          privateKey: io.env['ALLCLEAR_VONAGE_PRIVATE_KEY'],
          signatureSecret: io.env['ALLCLEAR_VONAGE_SIGNATURE_SECRET'],
          ...ours,
        };
  return understood(phoneSettingsInput.safeParse(wanted));
}

/** A chat or an app; with `--connect` connected, with its token and secret from the environment. */
export async function chatSettings(
  api: Api,
  io: Io,
  kind: ChatKind,
  { connect = false, url, publicKey, remove = false }: ChatOptions,
): Promise<Outcome> {
  if (!connect && (url !== undefined || publicKey !== undefined))
    throw new CommandError(`Say that you mean it: allclear settings chat ${kind} --connect`, EXIT.usage);
  if (remove) await api.call(removeChatSettings, { params: { kind } });
  if (connect) {
    const after = await api.call(saveChatSettings, { body: chatBody(io, kind, { url, publicKey }) });
    return shownChat(after, io);
  }
  const { items } = await api.call(listChatSettings, {});
  return shownChat(
    items.find((one) => one.kind === kind),
    io,
  );
}

function shownChat(one: ChatSettingsView | undefined, io: Io): Outcome {
  const rows = one === undefined ? [] : chatRows(one, io);
  const hook = one?.configured && one.hookUrl !== null ? [`What people press has to be sent to ${one.hookUrl}`] : [];
  const works = one?.configured === true && one.lastFailure === null;
  return {
    text: [columns(rows), ...hook].join('\n'),
    data: one ?? null,
    exitCode: works ? EXIT.ok : EXIT.attention,
  };
}

function chatBody(
  io: Io,
  kind: ChatKind,
  { url, publicKey }: { readonly url: string | undefined; readonly publicKey: string | undefined },
): ChatSettingsInput {
  const token = io.env['ALLCLEAR_CHAT_TOKEN'];
  const signingSecret = io.env['ALLCLEAR_CHAT_SECRET'];
  if (token === undefined || token === '')
    throw new CommandError(`Put the token of the ${kind} bot or app into ALLCLEAR_CHAT_TOKEN.`);
  if (kind === 'slack' && !signingSecret)
    throw new CommandError('Put the signing secret of the Slack app into ALLCLEAR_CHAT_SECRET.');
  return understood(
    chatSettingsInput.safeParse({
      kind,
      ...(kind === 'pushover' ? { appToken: token } : { botToken: token }),
      ...(kind === 'slack' ? { signingSecret } : {}),
      ...(kind === 'mattermost' ? { url } : {}),
      ...(kind === 'discord' ? { publicKey } : {}),
    }),
  );
}

type Parsed<Value> =
  | { readonly success: true; readonly data: Value }
  | {
      readonly success: false;
      readonly error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] };
    };

/** Told here in full before anything is sent: nothing of a secret is in it. */
function understood<Value>(parsed: Parsed<Value>): Value {
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new CommandError(`${faults.join('; ')}.`);
}

/** Whether visitors of status pages may report problems; with `on` or `off`, switched. A page is named when there are several. */
export async function reportForm(
  api: Api,
  state: 'on' | 'off' | undefined,
  { page: name }: { readonly page?: string },
): Promise<Outcome> {
  const items = await everyOne((query) => api.call(listStatusPages, { query }));
  const same = items.filter(
    (one) =>
      name === undefined || [one.id, one.slug, one.name].some((text) => text.toLowerCase() === name.toLowerCase()),
  );
  if (same.length === 0)
    throw new CommandError(name === undefined ? 'There is no status page.' : `There is no status page ${name}.`);
  if (state === undefined)
    return {
      text: columns(same.map((one) => [one.name, one.takesReports ? 'on' : 'off', reportUrl(one)])),
      data: same,
    };
  const [only, ...others] = same;
  if (!only || others.length > 0)
    throw new CommandError(`Say which with --page: ${same.map(({ slug, id }) => `${slug} (${id})`).join(', ')}.`);
  const after = await api.call(changeStatusPage, {
    params: { id: only.id },
    body: { takesReports: state === 'on' },
  });
  return {
    text: after.takesReports
      ? `Visitors of ${after.name} may report problems at ${reportUrl(after)}`
      : `Visitors of ${after.name} may not report problems.`,
    data: after,
  };
}

const reportUrl = ({ url }: { readonly url: string }) => `${url}/report`;
