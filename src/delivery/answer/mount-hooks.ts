import type { Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { hearSlack } from './slack-hook.ts';

/** Where chats send what people press. Each request proves its origin in its service's own way. */
export function mountHooks(app: Hono, system: System): void {
  app.post('/hooks/slack/interact', (c) => hearSlack(system, c));
}
