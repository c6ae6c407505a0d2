import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Artefact, type Artefacts, type Encoding, NOT_FOUND_PATH } from './artefact.ts';
import { chooseEncoding, matchesTag } from './negotiate.ts';

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

/** Below these a running instance answers; they carry a reader's token and are never published. */
const LIVE_PATHS: ReadonlySet<string> = new Set(['confirm', 'manage', 'unsubscribe']);

type Variant = {
  readonly headers: readonly string[];
  readonly bare: readonly string[];
  readonly body: Buffer;
  readonly etag: string;
};
type Prepared = Readonly<Record<Encoding, Variant>>;

/**
 * The front door of everything public: `/s/{slug}` and what is published below it, from buffers made beforehand, with
 * headers made beforehand. GET and HEAD only; forms are the router's.
 */
export function createPublicServer({ lookup, contentSecurityPolicy }: PublicServerOptions): PublicServer {
  const prepared = new WeakMap<Artefact, Prepared>();
  const prepare = (artefact: Artefact): Prepared => {
    const known = prepared.get(artefact);
    if (known) return known;
    const made = {
      identity: variantOf(artefact, 'identity', artefact.body, contentSecurityPolicy),
      gzip: variantOf(artefact, 'gzip', artefact.gzip, contentSecurityPolicy),
      br: variantOf(artefact, 'br', artefact.brotli, contentSecurityPolicy),
    };
    prepared.set(artefact, made);
    return made;
  };

  return (request, response) => {
    const { url, method } = request;
    if (url === undefined || !url.startsWith(PREFIX) || (method !== 'GET' && method !== 'HEAD')) return false;
    const { slug, path } = splitAddress(url);
    const artefacts = lookup(slug);
    if (artefacts === null || LIVE_PATHS.has(path)) return false;
    const found = path === NOT_FOUND_PATH ? undefined : artefacts.get(path);
    const artefact = found ?? artefacts.get(NOT_FOUND_PATH);
    if (!artefact) return false;
    const variant = prepare(artefact)[chooseEncoding(headerText(request.headers['accept-encoding']))];
    if (found && matchesTag(request.headers['if-none-match'], variant.etag)) {
      response.writeHead(304, variant.bare as string[]).end();
      return true;
    }
    response.writeHead(found ? 200 : 404, variant.headers as string[]);
    response.end(method === 'HEAD' ? undefined : variant.body);
    return true;
  };
}

/** The same answer for a router that speaks in `Request` and `Response`. */
export function publicResponse(
  artefact: Artefact,
  request: Request,
  options: { readonly status: 200 | 404; readonly contentSecurityPolicy: string },
): Response {
  const encoding = chooseEncoding(request.headers.get('accept-encoding') ?? undefined);
  const bytes = { identity: artefact.body, gzip: artefact.gzip, br: artefact.brotli }[encoding];
  const variant = variantOf(artefact, encoding, bytes, options.contentSecurityPolicy);
  const fresh = options.status === 200 && matchesTag(request.headers.get('if-none-match') ?? undefined, variant.etag);
  if (fresh) return new Response(null, { status: 304, headers: pairs(variant.bare) });
  return new Response(new Uint8Array(bytes), { status: options.status, headers: pairs(variant.headers) });
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

function variantOf(artefact: Artefact, encoding: Encoding, body: Buffer, policy: string): Variant {
  const etag = artefact.etag[encoding];
  const isPage = artefact.contentType.startsWith('text/html');
  const bare = ['ETag', etag, 'Cache-Control', CACHE_CONTROL, 'Vary', 'Accept-Encoding'];
  if (!isPage) bare.push('Access-Control-Allow-Origin', '*');
  const headers = ['Content-Type', artefact.contentType, 'Content-Length', String(body.length), ...bare];
  if (encoding !== 'identity') headers.push('Content-Encoding', encoding);
  headers.push('X-Content-Type-Options', 'nosniff', 'Referrer-Policy', 'strict-origin-when-cross-origin');
  headers.push('Content-Security-Policy', isPage ? policy : "default-src 'none'");
  return { headers, bare, body, etag };
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
