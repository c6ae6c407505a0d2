import type { Context } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { sameText } from '#platform/secrets.ts';
import { readAnswer } from '../channel/answers.ts';
import { objectAt, textAt } from '../channel/json-at.ts';
import { telegramHookSecret } from '../channel/telegram.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { addressClaimed } from '../delivery/events.ts';
import { hearButton } from './hear-button.ts';
import { parseObject, readRawBody } from './read-body.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const MAX_SAID = 200;

/** Telegram's updates: told by a secret in a header. The answer may name one method that Telegram then calls itself. */
export async function hearTelegram(system: System, c: Context): Promise<Response> {
  const workspaceId = c.req.param('workspaceId') ?? '';
  const given = c.req.header('x-telegram-bot-api-secret-token') ?? '';
  if (!sameText(given, telegramHookSecret(system.secrets, workspaceId)))
    return c.text('The secret does not fit.\n', 401);
  const connected = await readChatSetting(system.read({ actor: systemActor('telegram'), workspaceId }), 'telegram');
  const update = parseObject((await readRawBody(c)) ?? '');
  if (!connected || !update) return c.body(null, 200);
  const pressed = objectAt(update, 'callback_query');
  if (textAt(pressed, 'id') !== '') return c.json(await answerPress(system, workspaceId, pressed));
  const started = await answerStart(system, workspaceId, objectAt(update, 'message'));
  return started ? c.json(started) : c.body(null, 200);
}

async function answerPress(system: System, workspaceId: string, pressed: JsonObject): Promise<object> {
  const id = textAt(pressed, 'id');
  const [verb, deliveryId = ''] = textAt(pressed, 'data').split(':');
  const chat = objectAt(objectAt(pressed, 'message'), 'chat');
  const chatId = textAt(chat, 'id');
  const answer = readAnswer(verb);
  const said =
    answer === null
      ? 'Unknown button.'
      : await hearButton(system, {
          workspaceId,
          kind: 'telegram',
          deliveryId,
          answer,
          key: id,
          isTheirs: ({ address }) => address === chatId,
          isThere: ({ address }) =>
            address === chatId || address.toLowerCase() === `@${textAt(chat, 'username').toLowerCase()}`,
          // A private chat has the id of its person.
          addresses: [textAt(objectAt(pressed, 'from'), 'id')],
        });
  return { method: 'answerCallbackQuery', callback_query_id: id, text: said.slice(0, MAX_SAID) };
}

/** `/start <code>`: whoever pressed Start behind a person's link is that person. */
async function answerStart(system: System, workspaceId: string, message: JsonObject): Promise<object | null> {
  const chat = objectAt(message, 'chat');
  const code = /^\/start (cmt_[A-Za-z0-9_]{1,60}-[a-f0-9]{16,})$/.exec(textAt(message, 'text'))?.[1];
  const chatId = textAt(chat, 'id');
  if (textAt(message, 'text') === '' || textAt(chat, 'type') !== 'private' || chatId === '') return null;
  let said = 'Open the link in Allclear under Settings, How you are paged, and press Start again.';
  if (code !== undefined) {
    const name = textAt(chat, 'username') === '' ? textAt(chat, 'first_name') : `@${textAt(chat, 'username')}`;
    const claim = { kind: 'telegram', code, address: chatId, name: name.slice(0, 80) || null } as const;
    await system.transact({ actor: systemActor('telegram'), workspaceId }, (ctx) =>
      ctx.publish(addressClaimed, { ...claim, say: (text) => void (said = text) }),
    );
  }
  return { method: 'sendMessage', chat_id: chatId, text: said };
}
