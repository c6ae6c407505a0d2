import type { Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { hearDiscord } from './discord-hook.ts';
import { hearMattermost } from './mattermost-hook.ts';
import { hearPushover } from './pushover-receipts.ts';
import { hearSlack } from './slack-hook.ts';
import { hearTelegram } from './telegram-hook.ts';

/** Where chats send what people press. Each request proves its origin in its service's own way. */
export function mountHooks(app: Hono, system: System): void {
  app.post('/hooks/slack/interact', (c) => hearSlack(system, c));
  app.post('/hooks/mattermost/:workspaceId', (c) => hearMattermost(system, c));
  app.post('/hooks/discord/:workspaceId', (c) => hearDiscord(system, c));
  app.post('/hooks/telegram/:workspaceId', (c) => hearTelegram(system, c));
  app.post('/hooks/pushover/:workspaceId/:deliveryId', (c) => hearPushover(system, c));
}
