import type { Hono } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { digest } from '#platform/secrets.ts';
import { readFeed } from './read-feed.ts';
import { findFeedByKey } from './store.ts';

/** The addresses that calendar programs read: the key in them is all that they have. */
export function mountCalendars(app: Hono, system: System): void {
  app.get('/calendar/:file', async (c) => {
    const key = /^(cal_[A-Za-z0-9_-]{20,100})\.ics$/.exec(c.req.param('file'))?.[1];
    const feed = key === undefined ? undefined : await findFeedByKey(system.database, digest(key));
    const ctx = feed && system.read({ actor: systemActor('calendar'), workspaceId: feed.workspaceId });
    // The address needs no login: however many ask for it at once, it is worked out once.
    const calendar = ctx ? await ctx.together(`calendar ${feed.id}`, () => readFeed(ctx, feed)) : null;
    if (calendar === null)
      return c.text('This calendar address is not in use (any more). Make a new one under On call, Schedules.', 404, {
        'cache-control': 'no-store',
      });
    return c.body(calendar, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="on-call.ics"',
      'cache-control': 'private, max-age=300',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    });
  });
}
