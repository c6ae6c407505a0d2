import {
  type AllPhoneSettings,
  chatKind,
  type ChatSettingsView,
  listChannels,
  listChatSettings,
  listPhoneSettings,
  type MailSecurity,
  type MailSettingsView,
  phoneProvider,
  readMailSettings,
  removeMailSettings,
  saveMailSettings,
  testChatSettings,
  testMailSettings,
  testPhoneSettings,
} from '#delivery/contract';
import { type AlertSettingsView, changeAlertSettings, readAlertSettings } from '#detect/contract';
import { ApiProblem } from '#client';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { lengthOf } from '../time.ts';

export type AlertSettingOptions = {
  readonly autoClose?: string;
  readonly storm?: string;
  readonly sameAddress?: string;
  readonly pagesPerPerson?: string;
};
export type MailSettingOptions = {
  readonly host?: string;
  readonly port?: string;
  readonly security?: MailSecurity;
  readonly username?: string;
  readonly from?: string;
  readonly remove?: boolean;
};
export type TestSettingOptions = { readonly to?: string; readonly call?: boolean };

export const TESTABLE = ['mail', ...phoneProvider.options, ...chatKind.options] as const;

const USUAL_MAIL_PORT = 587;

/** How alerts are treated and how messages leave. Exit code 3 when something that is connected does not work. */
export async function settings(api: Api, io: Io): Promise<Outcome> {
  const [alerts, channels, mail, phone, chats] = await Promise.all([
    api.call(readAlertSettings, {}),
    api.call(listChannels, {}),
    allowed(api.call(readMailSettings, {})),
    allowed(api.call(listPhoneSettings, {})),
    allowed(api.call(listChatSettings, {})),
  ]);
  const rows = [
    ...(mail === null ? [] : mailRows(mail, io)),
    ...(phone === null ? [] : phoneRows(phone, io)),
    ...(chats === null ? [] : chats.items.flatMap((chat) => chatRows(chat, io))),
  ];
  const usable = channels.items.filter(({ problem }) => problem === null).map(({ kind }) => kind);
  const lines = [
    alertWords(alerts),
    '',
    `Pages can go by ${usable.join(', ')}.`,
    rows.length === 0 ? 'How they leave is shown to admins.' : columns(rows, '  '),
  ];
  const fails = [mail?.lastFailure, ...(phone?.items ?? []).map(({ lastFailure }) => lastFailure)];
  const chatFails = (chats?.items ?? []).map(({ lastFailure }) => lastFailure);
  return {
    text: lines.join('\n'),
    data: { alerts, channels: channels.items, mail, phone, chats: chats?.items ?? null },
    exitCode: [...fails, ...chatFails].some((one) => one) || (mail?.heldCount ?? 0) > 0 ? EXIT.attention : EXIT.ok,
  };
}

/** When quiet alerts close, when many ask as one, and when pages to a person come as one; with options, set. */
export async function alertSettings(api: Api, options: AlertSettingOptions): Promise<Outcome> {
  const { autoClose, storm, sameAddress, pagesPerPerson } = options;
  const body = {
    ...(autoClose === undefined
      ? {}
      : { autoCloseSeconds: autoClose === 'never' ? null : lengthOf('auto-close', autoClose) }),
    ...(storm === undefined ? {} : { stormPerMinute: numberOf('storm', storm) }),
    ...(sameAddress === undefined
      ? {}
      : { addressSeconds: sameAddress === 'never' ? null : lengthOf('same-address', sameAddress) }),
    ...(pagesPerPerson === undefined ? {} : { pagesPerPerson: numberOf('pages-per-person', pagesPerPerson) }),
  };
  const now =
    Object.keys(body).length === 0
      ? await api.call(readAlertSettings, {})
      : await api.call(changeAlertSettings, { body });
  return { text: alertWords(now), data: now };
}

/** How mail leaves; with options, set, and the password is read from the environment. What is not named stays. */
export async function mailSettings(api: Api, io: Io, options: MailSettingOptions): Promise<Outcome> {
  const { host, port, security, username, from, remove } = options;
  if (remove === true) {
    const after = await api.call(removeMailSettings, {});
    return { text: columns(mailRows(after, io)), data: after };
  }
  const before = await api.call(readMailSettings, {});
  const password = io.env['ALLCLEAR_MAIL_PASSWORD'];
  const given = [host, port, security, username, from].filter((one) => one !== undefined);
  if (given.length === 0)
    return {
      text: columns(mailRows(before, io)),
      data: before,
      exitCode: before.configured && before.lastFailure === null ? EXIT.ok : EXIT.attention,
    };
  const wanted = { host: host ?? before.host, from: from ?? before.from };
  if (wanted.host === null || wanted.from === null)
    throw new CommandError(
      'Say the server and the sender: allclear settings mail --host mail.example.com --from ops@example.com',
      EXIT.usage,
    );
  const user = username ?? before.username;
  const after = await api.call(saveMailSettings, {
    body: {
      host: wanted.host,
      from: wanted.from,
      port: port === undefined ? (before.port ?? USUAL_MAIL_PORT) : portOf(port),
      security: security ?? before.security ?? 'starttls',
      ...(user === null || user === '' ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
    },
  });
  return { text: `${columns(mailRows(after, io))}\nTry it: allclear settings test mail`, data: after };
}

/** Tries a way out now; exit code 1 when it does not work. */
export async function testSetting(
  api: Api,
  what: (typeof TESTABLE)[number],
  { to, call = false }: TestSettingOptions,
): Promise<Outcome> {
  const chat = chatKind.options.find((kind) => kind === what);
  const provider = phoneProvider.options.find((one) => one === what);
  if ((chat !== undefined && to !== undefined) || (call && (provider === undefined || to === undefined)))
    throw new CommandError('--to belongs to mail and telephones, and --call to a telephone with --to.', EXIT.usage);
  const result =
    chat !== undefined
      ? await api.call(testChatSettings, { params: { kind: chat } })
      : provider !== undefined
        ? await api.call(testPhoneSettings, {
            params: { provider },
            body: to === undefined ? {} : { to, kind: call ? 'voice' : 'sms' },
          })
        : await api.call(testMailSettings, { body: to === undefined ? {} : { to } });
  const hint = 'hint' in result && result.hint !== null ? [result.hint] : [];
  return { text: [result.message, ...hint].join('\n'), data: result, exitCode: result.ok ? EXIT.ok : EXIT.failed };
}

/** Null for what only others may see. */
async function allowed<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 403) return null;
    throw error;
  }
}

function alertWords(settings: AlertSettingsView): string {
  const { autoCloseSeconds, stormPerMinute, addressSeconds, pagesPerPerson } = settings;
  return [
    autoCloseSeconds === null
      ? 'Alerts whose sender went quiet stay open.'
      : `Alerts whose sender says nothing for ${formatDuration(autoCloseSeconds)} close.`,
    stormPerMinute === null
      ? 'However many alerts come, each asks for itself.'
      : `Over ${stormPerMinute} new alerts a minute are a storm and ask as one.`,
    addressSeconds === null
      ? 'Monitors that ask one address and fail together ask each for itself.'
      : `Monitors that ask one address and fail within ${formatDuration(addressSeconds)} of the first ask as one.`,
    pagesPerPerson === null
      ? 'However many pages a person gets, each is a message of its own.'
      : `Over ${pagesPerPerson} pages to one person by one method in ten minutes come as one message a minute.`,
  ].join('\n');
}

function mailRows(mail: MailSettingsView, io: Io): string[][] {
  const how = mail.configured ? `${mail.host ?? ''}:${mail.port ?? ''} as ${mail.from ?? ''}` : 'not connected';
  const held =
    mail.heldCount === 0
      ? ''
      : `! ${count(mail.heldCount, 'mail')} held, ${mail.releasableCount} of them still worth sending`;
  const second = mail.spare === null ? '' : `, else ${mail.spare.host}:${mail.spare.port}`;
  const note = mail.lastSentNote === null ? '' : `! ${mail.lastSentNote}`;
  return [['mail', `${how}${second}`, failureWords(mail.lastFailure, io) || held || note]];
}

export function phoneRows({ items, problem }: AllPhoneSettings, io: Io): string[][] {
  return items.map((one) => [
    one.provider,
    one.configured
      ? `${one.account ?? one.accountId ?? ''}, ${count(one.smsNumbers.length + one.voiceNumbers.length, 'number')}`
      : 'not connected',
    failureWords(one.lastFailure, io) || (one.configured && problem !== null ? `! ${problem}` : ''),
  ]);
}

export function chatRows({ kind, configured, account, bot, lastFailure }: ChatSettingsView, io: Io): string[][] {
  const as = [account, bot].filter((one) => one !== null).join(' as ');
  return [[kind, configured ? as || 'connected' : 'not connected', failureWords(lastFailure, io)]];
}

function failureWords(failure: { readonly at: string; readonly why: string } | null, io: Io): string {
  return failure === null ? '' : `! ${moment(failure.at, io.now())}: ${failure.why}`;
}

function numberOf(option: string, text: string): number | null {
  if (text === 'never') return null;
  if (!/^\d{1,5}$/.test(text)) throw new CommandError(`--${option} ${text} is neither a number nor never.`, EXIT.usage);
  return Number(text);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new CommandError(`--port ${text} is no port; expected a number such as 587.`, EXIT.usage);
  return port;
}
