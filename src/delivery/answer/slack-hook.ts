import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import type { System } from '#platform/ctx.ts';
import { digest, sameText } from '#platform/secrets.ts';
import { readAnswer } from '../channel/answers.ts';
import { objectAt, textAt } from '../channel/json-at.ts';
import { openChatSetting } from '../chat-setting/read-chat-settings.ts';
import { findChatSettingsOfAll } from '../chat-setting/store.ts';
import { slackNames } from '../channel/slack.ts';
import { hearButton, tellPresser } from './hear-button.ts';
import { parseObject, readRawBody } from './read-body.ts';

const WINDOW_SECONDS = 300;

/**
 * Slack's interaction requests: signed with `v0=` HMAC-SHA-256 of `v0:timestamp:body`, refused when older than five
 * minutes. Whose signing secret fits says which workspace it is for.
 */
export async function hearSlack(system: System, c: Context): Promise<Response> {
  const body = await readRawBody(c);
  const signature = c.req.header('x-slack-signature') ?? '';
  const timestamp = c.req.header('x-slack-request-timestamp') ?? '';
  const workspaceId = body === null ? null : await signedFor(system, { body, signature, timestamp });
  if (body === null || workspaceId === null) return c.text('The signature does not fit.\n', 401);
  const payload = parseObject(new URLSearchParams(body).get('payload') ?? '');
  if (payload?.['type'] !== 'block_actions') return c.body(null, 200);
  const [action] = Array.isArray(payload['actions']) ? (payload['actions'] as Record<string, unknown>[]) : [];
  const answer = readAnswer(action?.['action_id']);
  // The button that opens a page tells of its press too; there is nothing to do.
  if (!action || answer === null) return c.body(null, 200);
  const presser = textAt(objectAt(payload, 'user'), 'id');
  const channel = textAt(objectAt(payload, 'container'), 'channel_id');
  const press = { kind: 'slack', key: digest(signature) } as const;
  await hearButton(system, {
    ...press,
    workspaceId,
    deliveryId: textAt(action, 'value'),
    answer,
    isTheirs: ({ address, providerId }) =>
      address === presser || (address.includes('@') && providerId?.split(':')[0] === channel),
    isThere: ({ address, providerId }) => address === channel || providerId?.split(':')[0] === channel,
    addresses: [presser],
    otherAddresses: () => slackNames(system, workspaceId, presser),
    // Slack shows nothing of what a press is answered with.
    refuse: (ctx, said) => tellPresser(ctx, press, presser, said),
  });
  return c.body(null, 200);
}

type Signed = { readonly body: string; readonly signature: string; readonly timestamp: string };

async function signedFor(system: System, { body, signature, timestamp }: Signed): Promise<string | null> {
  const ageSeconds = Math.abs(system.clock.now().getTime() / 1_000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || ageSeconds > WINDOW_SECONDS) return null;
  for (const row of await findChatSettingsOfAll(system, 'slack')) {
    const { credentials } = openChatSetting(system.secrets, row);
    if (credentials.kind !== 'slack') continue;
    const hmac = createHmac('sha256', credentials.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    if (sameText(signature, `v0=${hmac}`)) return row.workspaceId;
  }
  return null;
}
