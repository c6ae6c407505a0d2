import { createTransport } from 'nodemailer';
import { fail, type Finding, ok, reason, warn } from './finding.ts';

const TIMEOUT_MS = 8_000;

/** Greets the mail server of the environment and signs in, and sends nothing. */
export async function checkSmtpUrl(
  smtpUrl: string,
  mailFrom: string | undefined,
  variable = 'ALLCLEAR_SMTP_URL',
): Promise<Finding> {
  const url = new URL(smtpUrl);
  const where = `${url.hostname}:${url.port || (url.protocol === 'smtps:' ? '465' : '587')}`;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.verify();
    return mailFrom
      ? ok('mail', `${where} takes mail from ${mailFrom}`)
      : warn('mail', `${where} answers, but ALLCLEAR_MAIL_FROM is not set: many servers refuse such mail.`);
  } catch (error) {
    return fail('mail', `${where} does not take mail: ${reason(error)}. Check ${variable}.`);
  } finally {
    transport.close();
  }
}
