import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import type { Secrets } from '#platform/secrets.ts';

/** How the sign-in library names and signs its cookie; `auth.ts` configures it with these same values. */
export const COOKIE_PREFIX = 'allclear';

export function usesSecureCookies(config: Pick<Config, 'publicUrl'>): boolean {
  return config.publicUrl.startsWith('https://');
}

export function sessionCookieName(config: Pick<Config, 'publicUrl'>): string {
  return `${usesSecureCookies(config) ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;
}

/** The key that signs session cookies, derived from the installation's secret key. */
export function signInSecret(secrets: Pick<Secrets, 'sign'>): string {
  return secrets.sign('sign-in', 'cookies');
}

/** The session token of a Cookie header; null when there is none or its signature (HMAC-SHA-256, base64) is wrong. */
export function readSessionToken(cookieHeader: string, name: string, secret: string): string | null {
  for (const part of cookieHeader.split(';')) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== name) continue;
    return verified(decode(part.slice(at + 1).trim()), secret);
  }
  return null;
}

function verified(value: string, secret: string): string | null {
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
