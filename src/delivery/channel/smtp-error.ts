import type { MailTransport } from '../mail-setting/mail-transport.ts';

type SmtpError = {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
};

/** Whether a server refused whom the mail is from, or to. */
export function isAddressRefused(error: unknown): boolean {
  return (error as SmtpError).code === 'EENVELOPE';
}

/** What went wrong with a mail, in a sentence, and whether the server will say the same next time. */
export function explainSmtp(error: unknown, transport: Pick<MailTransport, 'host' | 'port'>) {
  const { code, responseCode, response, message } = error as SmtpError;
  const server = `${transport.host}:${transport.port}`;
  const said = (response ?? message ?? String(error)).replace(/\s+/g, ' ').trim();
  const refusedForGood =
    responseCode !== undefined && responseCode >= 500 && ['EENVELOPE', 'EMESSAGE'].includes(code ?? '');
  return { permanent: refusedForGood, why: sentence(code, responseCode, server, said) };
}

function sentence(code: string | undefined, responseCode: number | undefined, server: string, said: string): string {
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return `${server} did not accept the user name and password: ${said}`;
    case 'EDNS':
      return `The mail server's name was not found: ${server}.`;
    case 'ETIMEDOUT':
      return `${server} did not answer in time.`;
    case 'ETLS':
      return `${server} could not agree on encryption: ${said}`;
    case 'EENVELOPE':
      return `${server} refused the address: ${said}`;
    default:
      if (said.includes('ECONNREFUSED')) return `${server} refused the connection.`;
      return responseCode === undefined ? `${server} did not take the mail: ${said}` : `${server} answered: ${said}`;
  }
}

/** What to try next, for the person who looks at the settings. */
export function hintFor(why: string, transport: Pick<MailTransport, 'port' | 'security'>): string | null {
  if (/wrong version number|SSL routines|packet length too long/i.test(why)) {
    return transport.security === 'tls'
      ? 'The server does not speak TLS from the first byte on this port: choose STARTTLS (port 587).'
      : 'The server seems to expect TLS from the first byte: choose TLS (port 465).';
  }
  if (/user name and password/.test(why)) return 'Check user name and password; many providers want an app password.';
  if (/certificate|self.signed/i.test(why))
    return 'The certificate does not fit the host name: use the name that the certificate is for.';
  if (/refused the connection|in time/.test(why))
    return 'Check host and port, and whether a firewall lets this machine out.';
  if (/not found/.test(why)) return 'Check the spelling of the host.';
  if (/sender|from/i.test(why)) return 'The server may not allow this sender: use an address of the account.';
  return null;
}
