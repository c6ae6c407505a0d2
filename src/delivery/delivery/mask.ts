import { maskNumber } from '../phone/number.ts';
import type { ChannelKind } from './contract.ts';

const MASK = '[secret]';

/** Signed links and secrets are longer than any id; an id has 29 characters. */
const TOKEN = /[A-Za-z0-9_.-]{36,}/g;

/** Text as others may read it: the given strings and everything that looks like a token are replaced. */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) if (secret !== '') masked = masked.replaceAll(secret, MASK);
  return masked.replace(TOKEN, MASK);
}

const OPEN: ReadonlySet<ChannelKind> = new Set(['email', 'slack', 'mattermost', 'discord', 'telegram']);

/** The path of a webhook, a topic or a push endpoint is as good as a password: only host and first letters are shown. */
export function maskAddress(kind: ChannelKind, address: string): string {
  // The id or name of a member opens nothing for anybody.
  if (OPEN.has(kind)) return address;
  if (kind === 'sms' || kind === 'voice') return maskNumber(address);
  if (kind === 'pushover') return `${address.slice(0, 4)}…`;
  const url = URL.parse(address);
  if (!url) return MASK;
  const path = `${url.pathname}${url.search}`;
  return path.length <= 1 ? url.origin : `${url.origin}${path.slice(0, 5)}…`;
}
