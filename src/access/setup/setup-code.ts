import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { classifyAddress } from '#platform/address-guard.ts';
import type { Config } from '#platform/config.ts';
import { digest, type Secrets } from '#platform/secrets.ts';

/** Four groups of four: short enough to type, and 64 bits are far beyond what the limit on tries lets anybody guess. */
const CODE_DIGITS = 16;

/**
 * The code of the first visit, `1a2b-3c4d-5e6f-7a8b`. Derived from the secret key, so that every node and every start
 * of an installation prints the same one, and nothing is stored.
 */
export function setupCodeOf(secrets: Pick<Secrets, 'sign'>): string {
  const digits = secrets.sign('setup', 'first visit').slice(0, CODE_DIGITS);
  return digits.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** Whether a typed code is the right one, capitals, spaces and dashes aside; takes as long for a wrong one. */
export function isSetupCode(secrets: Pick<Secrets, 'sign'>, typed: string): boolean {
  return timingSafeEqual(Buffer.from(digest(plain(typed))), Buffer.from(digest(plain(setupCodeOf(secrets)))));
}

function plain(code: string): string {
  return code.toLowerCase().replaceAll(/[^0-9a-z]/g, '');
}

/**
 * Whether others than people on this machine can make the first visit: it listens beyond loopback, or a proxy stands in
 * front, which a public address or a trusted network gives away.
 */
export function isExposed({ host, publicUrl, trustedProxies }: Exposure): boolean {
  return !isLoopback(host) || !isLoopback(new URL(publicUrl).hostname) || trustedProxies.length > 0;
}

type Exposure = Pick<Config, 'host' | 'publicUrl' | 'trustedProxies'>;

function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(name) !== 0) return classifyAddress(name) === 'loopback';
  return name === 'localhost' || name.endsWith('.localhost');
}
