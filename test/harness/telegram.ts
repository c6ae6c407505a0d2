import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type Button = { readonly text: string; readonly callback_data?: string; readonly url?: string };

/** A message as its reader sees it now. */
type TelegramMessage = {
  readonly chatId: string;
  readonly messageId: number;
  text: string;
  buttons: readonly Button[];
  changes: number;
};

type Update = { readonly path: string; readonly body: string; readonly headers: Readonly<Record<string, string>> };

export type TelegramServer = {
  /** For ALLCLEAR_TELEGRAM_URL. */
  readonly url: string;
  readonly botToken: string;
  readonly messages: TelegramMessage[];
  readonly attempts: SinkRequest[];
  readonly setMood: (mood: Mood) => void;
  /** The next requests are answered 429 with `parameters.retry_after`, as Telegram does, until this is 0. */
  readonly throttle: (seconds: number) => void;
  /** Whoever owns the bot makes a new token. */
  readonly revoke: () => void;
  /** The bot is added to a group, whose id begins with a minus sign. */
  readonly join: (chatId: string) => void;
  /** The group becomes a supergroup with an id of its own. */
  readonly upgrade: (chatId: string, newId: string) => void;
  /** Somebody blocks the bot, or throws it out of a group. */
  readonly block: (chatId: string) => void;
  /** The request that Telegram makes when somebody opens a deep link and presses Start. */
  readonly start: (chatId: string, startUrl: string) => Update;
  /** The request that it makes when somebody presses a button. */
  readonly press: (message: TelegramMessage, label: string, by?: string) => Update;
  readonly close: () => Promise<void>;
};

/**
 * Stands in for Telegram's Bot API, written from its public contract: the token in the path, `{ok, result}` or
 * `{ok: false, error_code, description, parameters}`, messages only to chats that have begun, a webhook whose requests
 * repeat the secret that it was set with.
 */
export async function createTelegramServer(): Promise<TelegramServer> {
  const botToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
  const messages: TelegramMessage[] = [];
  const chats = new Map<string, 'open' | 'blocked'>();
  const upgraded = new Map<string, string>();
  let revoked = false;
  let hook = { path: '', secret: '' };
  let throttled = 0;
  let updates = 0;
  const refuse = (status: number, description: string, parameters?: object) => ({
    status,
    body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) },
  });

  function answer(request: SinkRequest): { status: number; body: object } {
    const [, bot, method] = request.path.split('/');
    if (revoked || bot !== `bot${botToken}`) return refuse(401, 'Unauthorized');
    if (throttled > 0) return refuse(429, 'Too Many Requests: retry later', { retry_after: throttled });
    const body = JSON.parse(request.body) as Record<string, unknown>;
    const ok = (result: unknown) => ({ status: 200, body: { ok: true, result } });
    if (method === 'getMe')
      return ok({ id: 110_201_543, is_bot: true, first_name: 'Allclear', username: 'acme_pages_bot' });
    if (method === 'setWebhook') {
      const url = URL.parse(String(body['url']));
      if (url?.protocol !== 'https:')
        return refuse(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
      hook = { path: url.pathname, secret: String(body['secret_token']) };
      return /^[A-Za-z0-9_-]{1,256}$/.test(hook.secret)
        ? ok(true)
        : refuse(400, 'Bad Request: secret token is invalid');
    }
    const chatId = String(body['chat_id']);
    if (!chats.has(chatId)) return refuse(400, 'Bad Request: chat not found');
    const newId = upgraded.get(chatId);
    if (newId !== undefined)
      return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: Number(newId),
      });
    if (chats.get(chatId) === 'blocked')
      return refuse(
        403,
        `Forbidden: bot was ${chatId.startsWith('-') ? 'kicked from the group chat' : 'blocked by the user'}`,
      );
    const text = String(body['text']);
    if (text.length === 0 || text.length > 4_096) return refuse(400, 'Bad Request: message is too long');
    const rows = (body['reply_markup'] as { inline_keyboard: Button[][] }).inline_keyboard;
    const buttons = rows.flat();
    if (buttons.some(({ callback_data }) => Buffer.byteLength(callback_data ?? '') > 64))
      return refuse(400, 'Bad Request: BUTTON_DATA_INVALID');
    if (method === 'sendMessage') {
      const messageId = messages.length + 1;
      messages.push({ chatId, messageId, text, buttons, changes: 0 });
      return ok({ message_id: messageId, chat: { id: Number(chatId) } });
    }
    const known = messages.find((one) => one.chatId === chatId && one.messageId === body['message_id']);
    if (method !== 'editMessageText' || !known) return refuse(400, 'Bad Request: message to edit not found');
    if (known.text === text && JSON.stringify(known.buttons) === JSON.stringify(buttons))
      return refuse(400, 'Bad Request: message is not modified');
    Object.assign(known, { text, buttons, changes: known.changes + 1 });
    return ok({ message_id: known.messageId });
  }

  const server = await createSinkServer(answer);
  const update = (content: object): Update => ({
    path: hook.path,
    body: JSON.stringify({ update_id: ++updates, ...content }),
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': hook.secret },
  });
  const chatOf = (chatId: string) =>
    chatId.startsWith('-')
      ? { id: Number(chatId), type: 'group', title: 'Operations' }
      : { id: Number(chatId), type: 'private', username: `user${chatId}` };
  return {
    url: server.origin,
    botToken,
    messages,
    attempts: server.attempts,
    setMood: server.setMood,
    throttle: (seconds) => void (throttled = seconds),
    revoke: () => void (revoked = true),
    join: (chatId) => void chats.set(chatId, 'open'),
    upgrade: (chatId, newId) => void upgraded.set(chatId, newId),
    block: (chatId) => void chats.set(chatId, 'blocked'),
    start(chatId, startUrl) {
      const payload = new URL(startUrl).searchParams.get('start') ?? '';
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(payload)) throw new Error(`Telegram takes no such start parameter: ${payload}`);
      chats.set(chatId, 'open');
      return update({ message: { message_id: 1, chat: chatOf(chatId), text: `/start ${payload}` } });
    },
    press(message, label, by = message.chatId) {
      const data = message.buttons.find(({ text }) => text === label)?.callback_data;
      if (data === undefined) throw new Error(`no button ${label}`);
      const shown = {
        message_id: message.messageId,
        chat: chatOf(message.chatId.startsWith('-') ? message.chatId : by),
      };
      return update({ callback_query: { id: `q${updates + 1}`, from: { id: Number(by) }, message: shown, data } });
    },
    close: server.close,
  };
}
