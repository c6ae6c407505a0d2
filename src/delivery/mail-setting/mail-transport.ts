import type { MailSecurity } from './contract.ts';

/** Everything that sending a mail takes. */
export type MailTransport = {
  readonly source: 'screen' | 'environment';
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  readonly username: string | null;
  readonly password: string | null;
  readonly from: string;
};

/**
 * Reads `smtp://user:password@host:587` (STARTTLS when the server offers it; `?security=starttls` demands it, `none`
 * forbids it) or `smtps://…` (TLS from the first byte). Without a sender, mails come from `allclear@` the public host.
 */
export function parseSmtpUrl(smtpUrl: string, from: string | undefined, publicUrl: string): MailTransport {
  const url = new URL(smtpUrl);
  const tls = url.protocol === 'smtps:';
  const asked = url.searchParams.get('security');
  const publicHost = new URL(publicUrl).hostname;
  const senderHost = /^[0-9.]+$|^\[/.test(publicHost) ? 'localhost' : publicHost;
  return {
    source: 'environment',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (tls ? 465 : 587) : Number(url.port),
    security: tls ? 'tls' : asked === 'starttls' || asked === 'none' ? asked : 'if-offered',
    username: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    from: from ?? `Allclear <allclear@${senderHost}>`,
  };
}
