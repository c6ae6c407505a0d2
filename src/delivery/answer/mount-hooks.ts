import type { Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { hearDigit, hearPickup, hearReceipt } from '../phone/hear-call.ts';
import { hearSms } from '../phone/hear-sms.ts';
import { hearDiscord } from './discord-hook.ts';
import { hearMattermost } from './mattermost-hook.ts';
import { hearPushover } from './pushover-receipts.ts';
import { hearSlack } from './slack-hook.ts';
import { hearTelegram } from './telegram-hook.ts';

/** Where chats send what people press, and providers of SMS and calls what they hear. Each request proves its origin in its service's own way. */
export function mountHooks(app: Hono, system: System): void {
  app.post('/hooks/slack/interact', (c) => hearSlack(system, c));
  app.post('/hooks/mattermost/:workspaceId', (c) => hearMattermost(system, c));
  app.post('/hooks/discord/:workspaceId', (c) => hearDiscord(system, c));
  app.post('/hooks/telegram/:workspaceId', (c) => hearTelegram(system, c));
  app.post('/hooks/pushover/:workspaceId/:deliveryId', (c) => hearPushover(system, c));
  app.post('/hooks/:provider{twilio|vonage}/:workspaceId/sms', (c) => hearSms(system, c));
  const ofTry = '/:deliveryId/:number{[1-9][0-9]{0,3}}';
  app.post(`/hooks/:provider{twilio|vonage}/:workspaceId/receipt${ofTry}`, (c) => hearReceipt(system, c));
  app.post(`/hooks/:provider{twilio|vonage}/:workspaceId/answer${ofTry}`, (c) => hearPickup(system, c));
  app.post(`/hooks/:provider{twilio|vonage}/:workspaceId/digit${ofTry}`, (c) => hearDigit(system, c));
}
