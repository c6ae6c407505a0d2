import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Assets } from './assets.ts';
import { atomFeed, badgeSvg, jsonFeed, rssFeed } from './feeds.ts';
import type { View } from './html/layout.ts';
import {
  historySheet,
  incidentSheet,
  notFoundSheet,
  postmortemSheet,
  statusSheet,
  uptimeSheet,
} from './html/sheets.ts';
import { subscribeSheet } from './html/subscribe-sheets.ts';
import { jsonDocuments } from './json-v2.ts';
import type { Links } from './links.ts';
import type { PublicPage } from './page.ts';
import { createClockText } from './clock-text.ts';

export type Encoding = 'identity' | 'gzip' | 'br';

/** One file in every encoding, ready to be sent. Tags are strong: equal tags mean equal bytes (RFC 9110 §8.8.1). */
export type Artefact = {
  readonly contentType: string;
  readonly body: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
  readonly etag: Readonly<Record<Encoding, string>>;
};

/** By path below the page's address: `''`, `history`, `api/v2/summary.json`. */
export type Artefacts = ReadonlyMap<string, Artefact>;

/** What stands at a path that the page does not have; sent with status 404. */
export const NOT_FOUND_PATH = '404';

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

export type RenderOptions = {
  readonly assets: Assets;
  readonly linksAt: (path: string) => Links;
  /** The artefacts made before: files whose bytes did not change are taken over, so that only news is compressed. */
  readonly previous?: Artefacts;
};

/** Everything public about a page. Pure: the same page gives the same bytes. */
export function renderArtefacts(page: PublicPage, { assets, linksAt, previous }: RenderOptions): Artefacts {
  const clock = createClockText(page.timeZone, page.generatedAt);
  const files = new Map<string, { contentType: string; text: string }>();
  const html = (path: string, sheet: (view: View) => string) =>
    files.set(path, { contentType: HTML, text: sheet({ page, links: linksAt(path), clock, assets }) });
  html('', statusSheet);
  html('history', historySheet);
  html('uptime', uptimeSheet);
  html('subscribe', subscribeSheet);
  html(NOT_FOUND_PATH, notFoundSheet);
  for (const incident of [...page.activeIncidents, ...page.pastIncidents]) {
    html(`incidents/${incident.id}`, (view) => incidentSheet(view, incident));
  }
  for (const postmortem of page.postmortems) {
    html(`postmortems/${postmortem.incidentId}`, (view) => postmortemSheet(view, postmortem));
  }
  for (const [name, document] of jsonDocuments(page)) {
    files.set(`api/v2/${name}`, { contentType: JSON_TYPE, text: JSON.stringify(document) });
  }
  files.set('feed.rss', { contentType: 'application/rss+xml; charset=utf-8', text: rssFeed(page) });
  files.set('feed.atom', { contentType: 'application/atom+xml; charset=utf-8', text: atomFeed(page) });
  files.set('feed.json', { contentType: 'application/feed+json; charset=utf-8', text: JSON.stringify(jsonFeed(page)) });
  files.set('badge.svg', { contentType: 'image/svg+xml; charset=utf-8', text: badgeSvg(page) });
  return new Map(
    [...files].map(([path, { contentType, text }]) => [path, encode(contentType, text, previous?.get(path))]),
  );
}

function encode(contentType: string, text: string, before: Artefact | undefined): Artefact {
  const body = Buffer.from(text, 'utf8');
  if (before && before.contentType === contentType && before.body.equals(body)) return before;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 20);
  return {
    contentType,
    body,
    gzip: gzipSync(body, { level: 6 }),
    brotli: brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
    etag: { identity: `"${hash}"`, gzip: `"${hash}-g"`, br: `"${hash}-b"` },
  };
}
