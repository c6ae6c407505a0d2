import type { Context, Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { NOT_FOUND_PATH } from '../public/artefact.ts';
import { noPageSheet } from '../public/html/no-page.ts';
import { publicResponse, splitAddress } from '../public/serve.ts';
import { publisherOf } from '../publishers.ts';
import { mountReportForm } from '../report-form/mount.ts';
import { mountForms } from '../subscriber/forms.ts';
import type { Publisher } from './publisher.ts';

/**
 * What the front leaves to the router: forms, and pages that were not made yet because the instance has only just
 * started or does not keep them. The bytes are the same.
 */
export function mountPages(app: Hono, system: System): void {
  const publisher = publisherOf(system);
  mountForms(app, system, publisher);
  mountReportForm(app, system, publisher);
  app.on('GET', ['/s/:slug', '/s/:slug/*'], async (c) => {
    const { slug, path } = splitAddress(new URL(c.req.url).pathname);
    const published = await publisher.make(slug);
    if (!published) return asksForPage(c) ? showNothing(c, publisher) : c.notFound();
    const found = path === NOT_FOUND_PATH ? undefined : published.artefacts.get(path);
    const artefact = found ?? published.artefacts.get(NOT_FOUND_PATH);
    if (!artefact) return c.notFound();
    return publicResponse(artefact, c.req.raw, {
      status: found ? 200 : 404,
      contentSecurityPolicy: publisher.assets.contentSecurityPolicy,
    });
  });
}

/** A person at a browser, and not a script, which reads the problem document. */
function asksForPage(c: Context): boolean {
  return (c.req.header('accept') ?? '').includes('text/html');
}

function showNothing(c: Context, { assets }: Publisher): Response | Promise<Response> {
  return c.html(noPageSheet(assets), 404, {
    'content-security-policy': assets.contentSecurityPolicy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
}
