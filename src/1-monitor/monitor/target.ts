import { AppError, invalid } from '#kernel/errors.ts';
import { classifyAddress, isAllowedTarget, suggestAllowedTarget } from '#platform/address-guard.ts';
import { parseTarget } from '../check/target.ts';

export type MonitorTarget = {
  /** As it is asked: with a scheme, without a fragment. */
  readonly url: string;
  /** Host, with the port where it is not the usual one. */
  readonly host: string;
  /** Host and path, for people. */
  readonly name: string;
  /** The address when the host is one (or is `localhost`); other names are known only when they are asked. */
  readonly address: string | null;
};

/** Reads a pasted URL. A missing scheme becomes https, or http for an address or localhost. Refuses by `body.url`. */
export function readTarget(text: string): MonitorTarget {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const parsed = parseTarget(whole);
  if (!parsed.ok) throw invalid('body.url', `${parsed.fault}. Paste one like https://example.com/health.`);
  const { url, host, isAddress } = parsed.target;
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      'body.url',
      'holds a user or password. Put them into an Authorization header, where they are kept sealed.',
    );
  }
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  if (whole !== text && (isAddress || isLocal)) return readTarget(`http://${text}`);
  url.hash = '';
  const shown = url.host.replace(/^www\./, '');
  const path = url.pathname === '/' ? '' : url.pathname.replace(/\/$/, '');
  return {
    url: url.href,
    host: shown,
    name: `${shown}${path}`.slice(0, 120),
    address: isAddress ? host : isLocal ? '127.0.0.1' : null,
  };
}

/** Refuses an address that the workspace has not allowed, and offers the network that its owner may allow. */
export function refuseForbidden(target: MonitorTarget, allowedTargets: readonly string[]): void {
  if (target.address === null || isAllowedTarget(target.address, allowedTargets)) return;
  const suggestion = suggestAllowedTarget(target.address);
  const kind = classifyAddress(target.address);
  if (suggestion === null)
    throw invalid('body.url', `${target.host} is a ${kind} address, which is never reached from here.`);
  const message = `${target.host} is a ${kind} address, which needs the owner's consent. Allow ${suggestion}?`;
  throw new AppError('invalid', message, { errors: [{ path: 'body.url', message, suggestion }] });
}
