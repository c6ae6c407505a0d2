import { isIP, isIPv6 } from 'node:net';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';
import type { Scheme } from '../kind/kind.ts';

/** Where one request goes. */
export interface Target {
  readonly url: URL;
  readonly secure: boolean;
  /** Without brackets; an address or a name in lower case. */
  readonly host: string;
  /** 0 where the protocol knows none. */
  readonly port: number;
  readonly isAddress: boolean;
}

export type TargetOutcome =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly fault: string };

/** `base`: for the Location of a redirect, which may be relative. */
export function parseTarget(text: string, base?: URL): TargetOutcome {
  const url = URL.parse(text, base?.href);
  if (url === null) return { ok: false, fault: `"${text.slice(0, 100)}" is not a URL` };
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') return { ok: false, fault: `${url.protocol} is neither http: nor https:` };
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return placeOf(url, port, secure);
}

/** The address of another kind of monitor: `tcp://db.example.com:5432`; the scheme may be left out. */
export function parseProtocolTarget(kind: ProtocolKind, text: string): TargetOutcome {
  const schemes: Readonly<Record<string, Scheme>> = PROTOCOL_KINDS[kind].schemes;
  const names = Object.keys(schemes);
  const given = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  const name = given ?? names[0] ?? kind;
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined)
    return { ok: false, fault: `${name}: is not ${names.map((one) => `${one}:`).join(' or ')}` };
  // As a special scheme, so that names are lower-cased, encoded (IDNA) and addresses written in one way.
  const rest = given === undefined ? text : text.slice(given.length + 3);
  const parsed = URL.parse(`http://${rest}`);
  if (parsed === null || parsed.hostname === '')
    return { ok: false, fault: `"${text.slice(0, 100)}" is not an address` };
  const typed = /^(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*):(\d+)/.exec(rest)?.[1];
  const port = typed === undefined ? scheme.port : Number(typed);
  if (port === null || (port === 0 && typed !== undefined))
    return { ok: false, fault: `"${text.slice(0, 100)}" names no port` };
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  const user = parsed.username === '' && parsed.password === '' ? '' : `${parsed.username}:${parsed.password}@`;
  const shownPort = port === 0 || port === scheme.port ? '' : `:${port}`;
  const url = new URL(`${name}://${user}${parsed.hostname}${shownPort}${path}${parsed.search}`);
  return placeOf(url, port, scheme.secure);
}

/** Somebody whom an option names: `192.0.2.53`, `2001:db8::53` or `ns1.example.org:5353`. */
export function parseReached(text: string): TargetOutcome {
  if (text.includes('/') || text.includes('@')) return { ok: false, fault: `"${text.slice(0, 100)}" is not a host` };
  return parseProtocolTarget('dns', `dns://${isIPv6(text) ? `[${text}]` : text}`);
}

/** A single dot at the end is cut. No name has an empty label, and who looks one up may read it in ways of its own. */
function placeOf(url: URL, port: number, secure: boolean): TargetOutcome {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isAddress = isIP(host) !== 0;
  if (!isAddress && host.split('.').includes(''))
    return { ok: false, fault: `the host "${url.hostname.slice(0, 100)}" has an empty part between its dots` };
  return { ok: true, target: { url, secure, host, port, isAddress } };
}
