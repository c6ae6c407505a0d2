import type { Hono } from 'hono';
import { allows, authenticate, type Identity } from '#access';
import { AppError, notFound } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { selectAttachment } from './store.ts';

/** `GET /api/v1/attachments/{id}`: the bytes of a picture, in a way that no browser runs or guesses at. */
export function mountAttachments(app: Hono, system: System): void {
  app.get('/api/v1/attachments/:id', async (c) => {
    const identity = await authenticate(system, {
      authorization: c.req.header('authorization'),
      cookieHeader: c.req.header('cookie'),
      workspaceHeader: c.req.header('allclear-workspace'),
      channelHint: undefined,
    });
    const { who } = readerOf(identity);
    const id = c.req.param('id');
    const found = /^att_[A-Za-z0-9_-]{1,64}$/.test(id) ? await selectAttachment(system.read(who), id) : null;
    if (!found) throw notFound('attachment', id);
    const etag = `"${found.sha256.slice(0, 32)}"`;
    const headers = {
      'content-type': found.mediaType,
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400, immutable',
      etag,
    };
    if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(found.bytes), { headers });
  });
}

function readerOf(identity: Identity | null): Identity {
  if (!identity) throw new AppError('unauthenticated', 'Sign in to see this picture.');
  if (allows(identity.role, 'incidents.read') && identity.scopes.includes('read')) return identity;
  throw new AppError('forbidden', 'You may not read incidents.');
}
