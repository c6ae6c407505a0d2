import type { Context } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { readAnswer } from '../channel/answers.ts';
import { isSignedByDiscord } from '../channel/discord.ts';
import { objectAt, textAt } from '../channel/json-at.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { placeOf } from '../channel/place.ts';
import { hearButton } from './hear-button.ts';
import { parseObject, readRawBody } from './read-body.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const WINDOW_SECONDS = 300;
const MAX_SAID = 2_000;

/** What interactions are, and what answers are; the numbers are Discord's. */
const PING = 1;
const COMPONENT = 3;
const PONG = 1;
const MESSAGE = 4;
/** Shown to whoever pressed, and to nobody else. */
const EPHEMERAL = 64;

/** Discord's interaction requests: signed with the application's key, and refused when older than five minutes. */
export async function hearDiscord(system: System, c: Context): Promise<Response> {
  const workspaceId = c.req.param('workspaceId') ?? '';
  const body = await readRawBody(c);
  const signature = c.req.header('x-signature-ed25519') ?? '';
  const timestamp = c.req.header('x-signature-timestamp') ?? '';
  if (body === null || !(await isSigned(system, workspaceId, { body, signature, timestamp })))
    return c.text('The signature does not fit.\n', 401);
  const interaction = parseObject(body) ?? {};
  if (interaction['type'] === PING) return c.json({ type: PONG });
  const said = interaction['type'] === COMPONENT ? await press(system, workspaceId, interaction) : 'Unknown button.';
  const data = { content: said.slice(0, MAX_SAID), flags: EPHEMERAL, allowed_mentions: { parse: [] } };
  return c.json({ type: MESSAGE, data });
}

type Signed = { readonly body: string; readonly signature: string; readonly timestamp: string };

async function isSigned(system: System, workspaceId: string, { body, signature, timestamp }: Signed): Promise<boolean> {
  const ageSeconds = Math.abs(system.clock.now().getTime() / 1_000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || ageSeconds > WINDOW_SECONDS) return false;
  const setting = await readChatSetting(system.read({ actor: systemActor('discord'), workspaceId }), 'discord');
  if (setting?.credentials.kind !== 'discord') return false;
  return isSignedByDiscord(setting.credentials.publicKey, signature, timestamp, body);
}

async function press(system: System, workspaceId: string, interaction: JsonObject): Promise<string> {
  const [verb, deliveryId = ''] = textAt(objectAt(interaction, 'data'), 'custom_id').split(':');
  const answer = readAnswer(verb);
  if (answer === null) return 'Unknown button.';
  const inServer = textAt(objectAt(objectAt(interaction, 'member'), 'user'), 'id');
  const presser = inServer === '' ? textAt(objectAt(interaction, 'user'), 'id') : inServer;
  return hearButton(system, {
    workspaceId,
    kind: 'discord',
    deliveryId,
    answer,
    key: textAt(interaction, 'id'),
    isTheirs: ({ address }) => address === presser,
    isThere: (delivery) => placeOf(delivery) === textAt(interaction, 'channel_id'),
    addresses: [presser],
  });
}
