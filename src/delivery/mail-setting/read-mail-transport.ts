import type { Ctx } from '#platform/ctx.ts';
import { type MailTransport, parseSmtpUrl } from './mail-transport.ts';
import { findMailSetting } from './store.ts';

/** How mail leaves now: what was set on the screen, else the environment, else null. Carries the opened password. */
export async function readMailTransport(ctx: Ctx): Promise<MailTransport | null> {
  const row = await findMailSetting(ctx);
  if (row) {
    const { host, port, security, username, password, sender: from } = row;
    return { source: 'screen', host, port, security, username, password: password && ctx.secrets.open(password), from };
  }
  const { smtpUrl, mailFrom } = ctx.config;
  return smtpUrl ? parseSmtpUrl(smtpUrl, mailFrom, ctx.publicUrl) : null;
}
