import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Artefact, type Artefacts, type Encoding, NOT_FOUND_PATH } from './artefact.ts';
import { chooseEncoding, matchesTag } from './negotiate.ts';
import { prebuilt, type PrebuiltAnswer, sendPrebuilt } from './prebuilt-answer.ts';

export type PublicServerOptions = {
  /** The published files of a slug; null when there is no such page. Called for each request: a map look-up, no more. */
  readonly lookup: (slug: string) => Artefacts | null;
  readonly contentSecurityPolicy: string;
};

/** Answers a request for something published and returns true, or leaves it to the router and returns false. */
export type PublicServer = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Caches may answer for 5 s by themselves and for 30 s while they ask us, which keeps a page fresh within the second
 * that matters to a reader who reloads; when we do not answer they may show the last copy for a day, and that copy
 * turns itself to unknown after five minutes (RFC 5861, RFC 9111).
 */
const CACHE_CONTROL = 'public, max-age=5, stale-while-revalidate=30, stale-if-error=86400';
const PREFIX = '/s/';

/** Below these a running instance answers; they carry a reader's token or a signed time and are never published. */
const LIVE_PATHS: ReadonlySet<string> = new Set(['confirm', 'manage', 'unsubscribe', 'report']);

type Variant = {
  readonly etag: string;
  readonly answer: PrebuiltAnswer;
  readonly missing: PrebuiltAnswer;
  readonly notModified: readonly string[];
};
type Prepared = Readonly<Record<Encoding, Variant>>;

/**
 * The front door of everything public: `/s/{slug}` and what is published below it, from buffers made beforehand, with
 * headers made beforehand. GET and HEAD only; forms are the router's.
 */
export function createPublicServer({ lookup, contentSecurityPolicy }: PublicServerOptions): PublicServer {
  const known = new Map<string, { artefacts: Artefacts; prepared: Map<string, Prepared> }>();
  /** Headers are made once for each file of each publication. */
  const prepare = (slug: string, artefacts: Artefacts, path: string, artefact: Artefact): Prepared => {
    let page = known.get(slug);
    if (page === undefined || page.artefacts !== artefacts) {
      page = { artefacts, prepared: new Map() };
      known.set(slug, page);
    }
    const before = page.prepared.get(path);
    if (before !== undefined) return before;
    const made = {
      identity: variantOf(artefact, 'identity', contentSecurityPolicy),
      gzip: variantOf(artefact, 'gzip', contentSecurityPolicy),
      br: variantOf(artefact, 'br', contentSecurityPolicy),
    };
    page.prepared.set(path, made);
    return made;
  };
  const encodingFor = createEncodingMemory();

  return (request, response) => {
    const { url, method } = request;
    if (url === undefined || !url.startsWith(PREFIX) || (method !== 'GET' && method !== 'HEAD')) return false;
    const { slug, path } = splitAddress(url);
    const artefacts = lookup(slug);
    if (artefacts === null) {
      known.delete(slug);
      return false;
    }
    if (LIVE_PATHS.has(path)) return false;
    const found = path === NOT_FOUND_PATH ? undefined : artefacts.get(path);
    const artefact = found ?? artefacts.get(NOT_FOUND_PATH);
    if (!artefact) return false;
    const { acceptEncoding, ifNoneMatch } = readConditions(request.rawHeaders);
    const variant = prepare(slug, artefacts, found ? path : NOT_FOUND_PATH, artefact)[encodingFor(acceptEncoding)];
    if (found && ifNoneMatch !== undefined && matchesTag(ifNoneMatch, variant.etag)) {
      response.writeHead(304, variant.notModified as string[]).end();
    } else {
      sendPrebuilt(response, found ? variant.answer : variant.missing, Date.now());
    }
    return true;
  };
}

type Conditions = { readonly acceptEncoding: string | undefined; readonly ifNoneMatch: string | undefined };

/** The two headers that decide the answer, without building the map of all of them. */
function readConditions(raw: readonly string[]): Conditions {
  let acceptEncoding: string | undefined;
  let ifNoneMatch: string | undefined;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? '';
    const value = raw[i + 1] ?? '';
    if (name.length === 15 && name.toLowerCase() === 'accept-encoding') {
      acceptEncoding = acceptEncoding === undefined ? value : `${acceptEncoding},${value}`;
    } else if (name.length === 13 && name.toLowerCase() === 'if-none-match') {
      ifNoneMatch = ifNoneMatch === undefined ? value : `${ifNoneMatch},${value}`;
    }
  }
  return { acceptEncoding, ifNoneMatch };
}

const REMEMBERED_HEADERS = 256;

/** Browsers send a handful of different headers; each is understood once. Forgets everything when there are too many. */
function createEncodingMemory(): (header: string | undefined) => Encoding {
  const known = new Map<string, Encoding>();
  return (header) => {
    if (header === undefined) return 'identity';
    const before = known.get(header);
    if (before !== undefined) return before;
    const encoding = chooseEncoding(header);
    if (known.size >= REMEMBERED_HEADERS) known.clear();
    if (header.length <= 200) known.set(header, encoding);
    return encoding;
  };
}

/** The same answer for a router that speaks in `Request` and `Response`. */
export function publicResponse(
  artefact: Artefact,
  request: Request,
  options: { readonly status: 200 | 404; readonly contentSecurityPolicy: string },
): Response {
  const encoding = chooseEncoding(request.headers.get('accept-encoding') ?? undefined);
  const { etag, answer, notModified } = variantOf(artefact, encoding, options.contentSecurityPolicy);
  const fresh = options.status === 200 && matchesTag(request.headers.get('if-none-match') ?? undefined, etag);
  if (fresh) return new Response(null, { status: 304, headers: pairs(notModified) });
  return new Response(new Uint8Array(answer.body), { status: options.status, headers: pairs(answer.headers) });
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as [string, string]] : []));
}

/** `/s/public/api/v2/status.json?x` → slug `public`, path `api/v2/status.json`; one trailing slash is forgiven. */
export function splitAddress(url: string): { readonly slug: string; readonly path: string } {
  const query = url.indexOf('?');
  const end = query === -1 ? url.length : query;
  const slash = url.indexOf('/', PREFIX.length);
  if (slash === -1 || slash >= end) return { slug: url.slice(PREFIX.length, end), path: '' };
  const last = end > slash + 1 && url.charCodeAt(end - 1) === 47 ? end - 1 : end;
  return { slug: url.slice(PREFIX.length, slash), path: url.slice(slash + 1, last) };
}

function variantOf(artefact: Artefact, encoding: Encoding, policy: string): Variant {
  const etag = artefact.etag[encoding];
  const body = { identity: artefact.body, gzip: artefact.gzip, br: artefact.brotli }[encoding];
  const isPage = artefact.contentType.startsWith('text/html');
  const notModified = ['ETag', etag, 'Cache-Control', CACHE_CONTROL, 'Vary', 'Accept-Encoding'];
  if (!isPage) notModified.push('Access-Control-Allow-Origin', '*');
  const headers = ['Content-Type', artefact.contentType, 'Content-Length', String(body.length), ...notModified];
  if (encoding !== 'identity') headers.push('Content-Encoding', encoding);
  headers.push('X-Content-Type-Options', 'nosniff', 'Referrer-Policy', 'strict-origin-when-cross-origin');
  headers.push('Content-Security-Policy', isPage ? policy : "default-src 'none'");
  return { etag, notModified, answer: prebuilt(200, headers, body), missing: prebuilt(404, headers, body) };
}
