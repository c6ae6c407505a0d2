import type { Ctx } from '#platform/ctx.ts';
import type { MailServer } from './contract.ts';
import { type MailTransport, parseSmtpUrl } from './mail-transport.ts';
import { findMailSetting } from './store.ts';

/** How mail leaves now: what was set on the screen, else the environment, else null. Carries the opened password. */
export async function readMailTransport(ctx: Ctx, server: MailServer = 'first'): Promise<MailTransport | null> {
  const row = await findMailSetting(ctx, server);
  if (row) {
    const { host, port, security, username, password, sender: from } = row;
    return { source: 'screen', host, port, security, username, password: password && ctx.secrets.open(password), from };
  }
  const { smtpUrl, smtpSpareUrl, mailFrom } = ctx.config;
  const url = server === 'first' ? smtpUrl : smtpSpareUrl;
  return url ? parseSmtpUrl(url, mailFrom, ctx.publicUrl) : null;
}

/** The servers in the order in which a mail tries them. Without a first one there is none: a spare one stands beside it. */
export async function readMailServers(ctx: Ctx): Promise<MailTransport[]> {
  const first = await readMailTransport(ctx, 'first');
  const spare = first && (await readMailTransport(ctx, 'spare'));
  return [first, spare].filter((server) => server !== null);
}
