import type { z } from 'zod';
import { AppError, invalid } from '#kernel/errors.ts';
import { classifyAddress, isAllowedTarget, suggestAllowedTarget } from '#platform/address-guard.ts';
import { parseProtocolTarget, parseReached, parseTarget } from '../check/target.ts';
import type { Kind, Scheme } from '../kind/kind.ts';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';

export type MonitorTarget = {
  /** As it is asked: with a scheme, without a fragment. */
  readonly url: string;
  /** Host, with the port where it is not the usual one. */
  readonly host: string;
  /** Host and path, for people. */
  readonly name: string;
  /** The address when the host is one (or is `localhost`); other names are known only when they are asked. */
  readonly address: string | null;
  /** The options `user` and `password` where the address held them. */
  readonly account: Readonly<Record<string, string>>;
};

type Traits = Pick<Kind<string, z.ZodObject>, 'account' | 'askedAbout'> & { readonly reached?: readonly string[] };

/** Reads a pasted address of a kind. Refuses by `body.url`. */
export function readTarget(text: string, kind: 'http' | ProtocolKind): MonitorTarget {
  return kind === 'http' ? readUrl(text) : readProtocolAddress(text, kind);
}

function readProtocolAddress(text: string, kind: ProtocolKind): MonitorTarget {
  const [scheme, { port }] = Object.entries<Scheme>(PROTOCOL_KINDS[kind].schemes)[0] ?? [kind, { port: null }];
  const parsed = parseProtocolTarget(kind, text);
  if (!parsed.ok) {
    const example = `${scheme}://example.com${port === null ? ':4000' : ''}`;
    throw invalid('body.url', `${parsed.fault}. Write one like ${example}.`);
  }
  const { url, host, isAddress } = parsed.target;
  const traits: Traits = PROTOCOL_KINDS[kind];
  const account = accountOf(url);
  if (Object.keys(account).length > 0 && !traits.account === true)
    throw invalid('body.url', 'holds a user or password, which this kind does not ask with. Leave them out.');
  url.username = '';
  url.password = '';
  const address = traits.askedAbout === true ? null : addressIn(host, isAddress);
  const shown = `${url.host}${url.pathname.replace(/\/$/, '')}`;
  return { url: url.href, host: url.hostname, name: shown.slice(0, 120), address, account };
}

/** User and password of an address, as far as it holds them. */
export function accountOf({ username, password }: URL): { readonly user?: string; readonly password?: string } {
  const named = { user: decoded(username), password: decoded(password) };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address that a host is known to be before anybody is asked. */
export function addressIn(host: string, isAddress: boolean): string | null {
  if (isAddress) return host;
  return host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : null;
}

/** A missing scheme becomes https, or http for an address or localhost. */
function readUrl(text: string): MonitorTarget {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const parsed = parseTarget(whole);
  if (!parsed.ok) throw invalid('body.url', `${parsed.fault}. Paste one like https://example.com/health.`);
  const { url, host, isAddress } = parsed.target;
  const account = accountOf(url);
  url.username = '';
  url.password = '';
  const address = addressIn(host, isAddress);
  if (whole !== text && address !== null) return readUrl(`http://${text}`);
  url.hash = '';
  const shown = url.host.replace(/^www\./, '');
  const path = url.pathname === '/' ? '' : url.pathname.replace(/\/$/, '');
  return {
    url: url.href,
    host: shown,
    name: `${shown}${path}`.slice(0, 120),
    address,
    account,
  };
}

/** Refuses an address that the workspace has not allowed, and offers the network that its owner may allow. */
export function refuseForbidden(
  target: Pick<MonitorTarget, 'host' | 'address'>,
  allowedTargets: readonly string[],
  path = 'body.url',
): void {
  if (target.address === null || isAllowedTarget(target.address, allowedTargets)) return;
  const suggestion = suggestAllowedTarget(target.address);
  const kind = classifyAddress(target.address);
  if (suggestion === null)
    throw invalid(path, `${target.host} is a ${kind} address, which is never reached from here.`);
  const message = `${target.host} is a ${kind} address, which needs the owner's consent. Allow ${suggestion}?`;
  throw new AppError('invalid', message, { errors: [{ path, message, suggestion }] });
}

/** The same for those whom options name. Refuses what is no address. */
export function refuseForbiddenOptions(
  kind: ProtocolKind,
  options: Readonly<Record<string, unknown>>,
  allowedTargets: readonly string[],
): void {
  const { reached = [] }: Traits = PROTOCOL_KINDS[kind];
  for (const name of reached) {
    const value = options[name];
    if (typeof value !== 'string') continue;
    const path = `body.options.${name}`;
    const parsed = value.includes('://') ? parseTarget(value) : parseReached(value);
    if (!parsed.ok) throw invalid(path, parsed.fault);
    const { host, isAddress } = parsed.target;
    refuseForbidden({ host, address: addressIn(host, isAddress) }, allowedTargets, path);
  }
}
