import { isIP } from 'node:net';

/** Where one request goes. */
export interface Target {
  readonly url: URL;
  readonly secure: boolean;
  /** Without brackets; an address or a name in lower case. */
  readonly host: string;
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
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { ok: true, target: { url, secure, host, port, isAddress: isIP(host) !== 0 } };
}
