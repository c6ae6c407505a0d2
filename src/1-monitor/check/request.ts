import { isSecretHeader } from './secret-header.ts';
import type { HttpSpec } from './spec.ts';
import type { Target } from './target.ts';

/** One request, before it is bytes. Names in lower case. */
export interface CheckRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | null;
}

const OWN_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding']);
const BODY_EXPECTED = new Set(['POST', 'PUT', 'PATCH']);
const USER_AGENT = 'Allclear-Check/1';

/**
 * What to send. One connection per check, so `connection: close`. `foreign`: the target is not of the origin that the
 * monitor names (a redirect left it), so credentials stay behind. `cookie`: what was set before. What would end a header line is dropped.
 */
export function buildRequest(
  spec: HttpSpec,
  target: Target,
  foreign: boolean,
  cookie: string | null = null,
): CheckRequest {
  const { url } = target;
  const given = new Map<string, string>([['host', url.host]]);
  for (const [name, value] of Object.entries(spec.headers)) {
    const key = oneLine(name).toLowerCase();
    if (OWN_HEADERS.has(key)) continue;
    if (foreign && (key === 'host' || isSecretHeader(key) || spec.staysHome?.headers.includes(key))) continue;
    given.set(key, oneLine(value));
  }
  if (cookie !== null) given.set('cookie', [given.get('cookie'), cookie].filter(Boolean).join('; '));
  if (url.username !== '' && !given.has('authorization')) given.set('authorization', basicAuthorization(url));
  if (!given.has('user-agent')) given.set('user-agent', USER_AGENT);
  if (!given.has('accept')) given.set('accept', '*/*');
  const body = spec.body === undefined || (foreign && spec.staysHome?.body) ? null : Buffer.from(spec.body);
  if (body !== null || BODY_EXPECTED.has(spec.method)) given.set('content-length', String(body?.length ?? 0));
  given.set('connection', 'close');
  return { method: spec.method, path: `${url.pathname}${url.search}`, headers: [...given], body };
}

export function requestBytes(request: CheckRequest): Buffer {
  const lines = request.headers.map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  return request.body === null ? head : Buffer.concat([head, request.body]);
}

export interface PreparedRequest {
  readonly request: CheckRequest;
  readonly bytes: Buffer;
}

const prepared = new WeakMap<HttpSpec, PreparedRequest>();

/** The request to the target that the spec itself names; made once, since monitors ask the same all day. */
export function prepareRequest(spec: HttpSpec, target: Target): PreparedRequest {
  let known = prepared.get(spec);
  if (known === undefined) {
    const request = buildRequest(spec, target, false);
    prepared.set(spec, (known = { request, bytes: requestBytes(request) }));
  }
  return known;
}

/** 301, 302, 303, 307 and 308 are followed for GET and HEAD, which keep their method (RFC 9110 §15.4). */
export function isFollowed(spec: HttpSpec, status: number): boolean {
  if (spec.maxRedirects === 0 || (spec.method !== 'GET' && spec.method !== 'HEAD')) return false;
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function basicAuthorization(url: URL): string {
  const pair = [url.username, url.password].map(decoded).join(':');
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function oneLine(text: string): string {
  // Beyond Latin-1 only the lower byte would be sent, and that may be what ends a line.
  return text.replace(/[\r\n\0]/g, '').replace(/[^\0-\xff]/gu, '?');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
