import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { systemActor } from '#kernel/actor.ts';
import type { Who } from '#platform/ctx.ts';
import { createClockText } from '../public/clock-text.ts';
import type { View } from '../public/html/layout.ts';
import { servedLinks } from '../public/links.ts';
import type { Published, Publisher } from './publisher.ts';

/** Refuses a larger body with 413 and a sentence, before anything reads it. */
export function formLimit(maxBytes: number) {
  return bodyLimit({ maxSize: maxBytes, onError: (c) => c.text('That is more than this form takes.\n', 413) });
}

/** What was posted; empty when it is no form. */
export async function readForm(c: Context): Promise<FormData> {
  try {
    return await c.req.raw.formData();
  } catch {
    return new FormData();
  }
}

/** The text of a field; empty when there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') : '';
}

/** A published page as its forms are shown. */
export function viewOf({ page }: Published, { assets }: Publisher): View {
  return {
    page,
    links: servedLinks(new URL(page.url).pathname),
    clock: createClockText(page.timeZone, page.generatedAt),
    assets,
  };
}

/** For whom a form acts: a visitor of the page. */
export function visitorOf({ row }: Published): Who {
  return { actor: systemActor('visitor'), workspaceId: row.workspaceId };
}

/** Answers with a sheet that is made for one reader: never cached, and its address is told to nobody. */
export function answerSheet({ assets }: Publisher, html: string, status: 200 | 400 | 404 | 429 = 200): Response {
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': assets.contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}
