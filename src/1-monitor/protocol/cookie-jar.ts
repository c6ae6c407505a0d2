import { isIP } from 'node:net';
import type { HeaderFields } from '../check/response-head.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Sent to that host only, not to those below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
}

const MAX_COOKIES = 50;
const MAX_LENGTH = 4_096;

/** The cookies of one run, by RFC 6265: each goes to the host, path and scheme that it was set for. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Takes what an answer of `url` set; one that is over takes it away. */
  store(url: URL, headers: HeaderFields): void {
    for (const [name, value] of headers) {
      if (name !== 'set-cookie' || value.length > MAX_LENGTH) continue;
      const read = readCookie(value, url);
      if (read === null) continue;
      const key = `${read.cookie.domain} ${read.cookie.path} ${read.cookie.name}`;
      // Set again, a cookie keeps its place.
      if (read.isOver) this.#cookies.delete(key);
      else if (this.#cookies.size < MAX_COOKIES || this.#cookies.has(key)) this.#cookies.set(key, read.cookie);
    }
  }

  /** What a request to `url` says, longer paths first; null = nothing. */
  header(url: URL): string | null {
    const meant = [...this.#cookies.values()].filter((cookie) => isFor(cookie, url));
    if (meant.length === 0) return null;
    return meant
      .toSorted((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** The value of a cookie of that name, the newest where there are several. */
  value(name: string): string | null {
    return [...this.#cookies.values()].findLast((cookie) => cookie.name === name)?.value ?? null;
  }
}

function isFor({ domain, hostOnly, path, secure }: Cookie, url: URL): boolean {
  if (secure && url.protocol !== 'https:') return false;
  const host = url.hostname.toLowerCase();
  if (host !== domain && (hostOnly || !host.endsWith(`.${domain}`))) return false;
  return url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function readCookie(line: string, url: URL): { readonly cookie: Cookie; readonly isOver: boolean } | null {
  const [pair = '', ...rest] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals < 1 || name === '') return null;
  const attributes = new Map(rest.map(attributeOf));
  const host = url.hostname.toLowerCase();
  const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  if (domain !== '' && !mayName(host, domain)) return null;
  const path = attributes.get('path') ?? '';
  return {
    cookie: {
      name,
      value: pair.slice(equals + 1).trim(),
      domain: domain === '' ? host : domain,
      hostOnly: domain === '' || domain === host,
      path: path.startsWith('/') ? path : folderOf(url.pathname),
      secure: attributes.has('secure'),
    },
    isOver: isOver(attributes),
  };
}

function attributeOf(text: string): readonly [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim().toLowerCase(), value.join('=').trim()];
}

/** `co.uk`, `com.au`: a suffix that strangers share, by the usual words before a country. No whole list of them is kept. */
const SHARED_SUFFIX = /^(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}$/;

/** A host may set cookies for itself and for what it is part of, though not for what it shares with strangers. */
function mayName(host: string, domain: string): boolean {
  if (host === domain) return true;
  return domain.includes('.') && !SHARED_SUFFIX.test(domain) && isIP(host) === 0 && host.endsWith(`.${domain}`);
}

function isOver(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return !Number.isNaN(expires) && expires <= Date.now();
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}
