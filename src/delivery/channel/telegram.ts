import type { Ctx, System } from '#platform/ctx.ts';
import type { Secrets } from '#platform/secrets.ts';
import { answersTo } from './answers.ts';
import { askJson, type JsonAnswer } from './ask-json.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import type { Change, ChatVendor } from './chat-vendor.ts';
import { objectAt, textAt } from './json-at.ts';

const MAX_TEXT = 4_096;

/** Telegram's Bot API (https://core.telegram.org/bots/api): messages of a bot to whoever has pressed Start. */
export const telegram: ChatVendor<'telegram'> = {
  async send(system, addressed, { credentials }) {
    const { delivery, message, allowedTargets } = addressed;
    const { outcome, body } = await ask(system, credentials.botToken, 'sendMessage', allowedTargets, {
      chat_id: delivery.address,
      disable_notification: message.urgency === 'low',
      ...telegramMessage(addressed),
    });
    return outcome.ok ? { ok: true, providerId: textAt(objectAt(body, 'result'), 'message_id') || null } : outcome;
  },
  async update(system, addressed, { credentials }, change) {
    const { delivery, allowedTargets } = addressed;
    const { outcome } = await ask(system, credentials.botToken, 'editMessageText', allowedTargets, {
      chat_id: delivery.address,
      message_id: Number(delivery.providerId),
      ...telegramMessage(addressed, change),
    });
    return outcome;
  },
  /** Also tells Telegram where to send what people press, so that nobody has to. */
  async check(system, { workspaceId }, { botToken }, allowedTargets) {
    const { outcome, body } = await ask(system, botToken, 'getMe', allowedTargets, {});
    if (!outcome.ok) return { ok: false, why: outcome.why };
    const hook = await ask(system, botToken, 'setWebhook', allowedTargets, {
      url: `${system.config.publicUrl}/hooks/telegram/${workspaceId}`,
      secret_token: telegramHookSecret(system.secrets, workspaceId),
      allowed_updates: ['message', 'callback_query'],
    });
    if (!hook.outcome.ok) return { ok: false, why: hook.outcome.why };
    return { ok: true, account: 'Telegram', bot: textAt(objectAt(body, 'result'), 'username') };
  },
};

/** What Telegram repeats in a header of each of its requests, so that we know they are its own. */
export function telegramHookSecret(secrets: Secrets, workspaceId: string): string {
  return secrets.sign('telegram-hook', workspaceId);
}

/** The link that opens the bot with a Start button; at most 64 of `A-Za-z0-9_-` may follow. */
export function telegramStartUrl(bot: string, subject: string): string {
  return `https://t.me/${encodeURIComponent(bot)}?start=${subject}`;
}

/** What `/start` brings: who it is for and our signature, cut to what fits. */
export function telegramStartCode(ctx: Pick<Ctx, 'secrets' | 'workspaceId'>, contactMethodId: string): string {
  const signature = ctx.secrets.sign('telegram-start', `${ctx.workspaceId}:${contactMethodId}`);
  return `${contactMethodId}-${signature.slice(0, 63 - contactMethodId.length)}`;
}

/** No parse mode: what an alert says is shown as it is. */
function telegramMessage({ delivery, message }: Addressed, change?: Change) {
  const answerable = delivery.purpose === 'page' && (change === undefined || change.open);
  const note = change ? `\n\n${change.note}` : '';
  const text = `${message.subject}\n\n${message.text}`.slice(0, MAX_TEXT - note.length);
  const rows = [
    ...(answerable
      ? [answersTo(message).map(({ answer, label }) => ({ text: label, callback_data: `${answer}:${delivery.id}` }))]
      : []),
    // Telegram refuses a button that leads to a host without a dot.
    ...(message.url && /^https?:\/\/[^/]*\./.test(message.url) ? [[{ text: 'Open', url: message.url }]] : []),
  ];
  return {
    text: `${text}${note}`.toWellFormed(),
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: rows },
  };
}

async function ask(
  system: System,
  botToken: string,
  method: string,
  allowedTargets: readonly string[],
  json: object,
): Promise<JsonAnswer> {
  return askJson(system, {
    url: `${system.config.telegramUrl}/bot${botToken}/${method}`,
    json,
    allowedTargets,
    explain: ({ status }, body) => explain(status, body),
  });
}

function explain(status: number, body: Readonly<Record<string, unknown>>): SendOutcome | null {
  const said = textAt(body, 'description');
  // Nothing is left to change: the message says so already.
  if (status === 400 && said.includes('message is not modified')) return { ok: true, providerId: null };
  const why = `Telegram answered: ${said}`.slice(0, 300);
  if (status === 401 || status === 404)
    return {
      ok: false,
      permanent: true,
      why: 'The bot token is not valid (any more). An admin connects Telegram again.',
    };
  if (status === 403)
    return {
      ok: false,
      permanent: true,
      gone: true,
      why: 'The bot was blocked or thrown out, or its chat was deleted in Telegram.',
    };
  if (status === 429) {
    const seconds = Number(textAt(objectAt(body, 'parameters'), 'retry_after'));
    return { ok: false, permanent: false, why, retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined };
  }
  const newId = textAt(objectAt(body, 'parameters'), 'migrate_to_chat_id');
  if (newId !== '')
    return {
      ok: false,
      permanent: true,
      why: `The group became a supergroup. Its id is ${newId} now: add it under that.`,
    };
  if (status === 400 && said.includes('chat not found'))
    return {
      ok: false,
      permanent: true,
      why: 'Telegram knows no such chat, or the bot is not in it: add it there first.',
    };
  return said !== '' && status === 400 ? { ok: false, permanent: true, why } : null;
}
