import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  constants,
  gzip as gzipCallback,
  gzipSync,
  type ZlibOptions,
} from 'node:zlib';
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
export function renderArtefacts(page: PublicPage, options: RenderOptions): Artefacts {
  const made = new Map<string, Artefact>();
  for (const file of filesOf(page, options)) {
    const before = unchanged(file, options.previous);
    made.set(
      file.path,
      before ?? finish(file, gzipSync(file.body, GZIP), brotliCompressSync(file.body, brotliFor(file.body))),
    );
  }
  return made;
}

/**
 * The same, for a process that has readers to answer meanwhile: it lets them pass between two files, and compresses on
 * other threads.
 */
export async function renderArtefactsGently(page: PublicPage, options: RenderOptions): Promise<Artefacts> {
  const made = new Map<string, Artefact>();
  for (const file of filesOf(page, options)) {
    const before = unchanged(file, options.previous);
    made.set(
      file.path,
      before ?? finish(file, ...(await Promise.all([gzip(file.body, GZIP), brotli(file.body, brotliFor(file.body))]))),
    );
    if (before) await nextTurn();
  }
  return made;
}

const gzip = promisify<Buffer, ZlibOptions, Buffer>(gzipCallback);
const brotli = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress);
const GZIP: ZlibOptions = { level: 6 };

function brotliFor(body: Buffer): BrotliOptions {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  };
}

type File = { readonly path: string; readonly contentType: string; readonly body: Buffer };

/** The files one by one, each made when it is asked for. */
function* filesOf(page: PublicPage, { assets, linksAt }: RenderOptions): Generator<File> {
  const clock = createClockText(page.timeZone, page.generatedAt);
  const file = (path: string, contentType: string, text: string) => ({
    path,
    contentType,
    body: Buffer.from(text, 'utf8'),
  });
  const html = (path: string, sheet: (view: View) => string) =>
    file(path, HTML, sheet({ page, links: linksAt(path), clock, assets }));
  yield html('', statusSheet);
  yield html('history', historySheet);
  yield html('uptime', uptimeSheet);
  yield html('subscribe', subscribeSheet);
  yield html(NOT_FOUND_PATH, notFoundSheet);
  for (const incident of [...page.activeIncidents, ...page.pastIncidents]) {
    yield html(`incidents/${incident.id}`, (view) => incidentSheet(view, incident));
  }
  for (const postmortem of page.postmortems) {
    yield html(`postmortems/${postmortem.incidentId}`, (view) => postmortemSheet(view, postmortem));
  }
  for (const [name, document] of jsonDocuments(page)) yield file(`api/v2/${name}`, JSON_TYPE, JSON.stringify(document));
  yield file('feed.rss', 'application/rss+xml; charset=utf-8', rssFeed(page));
  yield file('feed.atom', 'application/atom+xml; charset=utf-8', atomFeed(page));
  yield file('feed.json', 'application/feed+json; charset=utf-8', JSON.stringify(jsonFeed(page)));
  yield file('badge.svg', 'image/svg+xml; charset=utf-8', badgeSvg(page));
}

function unchanged({ path, contentType, body }: File, previous: Artefacts | undefined): Artefact | undefined {
  const before = previous?.get(path);
  return before && before.contentType === contentType && before.body.equals(body) ? before : undefined;
}

function finish({ contentType, body }: File, gzipped: Buffer, brotlied: Buffer): Artefact {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 20);
  const etag = { identity: `"${hash}"`, gzip: `"${hash}-g"`, br: `"${hash}-b"` };
  return { contentType, body, gzip: gzipped, brotli: brotlied, etag };
}
