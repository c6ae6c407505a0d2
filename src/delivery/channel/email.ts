import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { MailTransport } from '../mail-setting/mail-transport.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { signOwnMail } from './own-mail.ts';
import { returnPathOf } from '../bounce/return-path.ts';
import { explainSmtp, isAddressRefused } from './smtp-error.ts';
import { mailerFor } from './smtp-pool.ts';

/** Sends one mail to one recipient. The Message-ID is the delivery's own, so that mail programs can fold repeats. */
export async function sendEmail(
  system: System,
  addressed: Addressed,
  transport: MailTransport,
  timeoutMs: number,
): Promise<SendOutcome> {
  const { delivery, message } = addressed;
  const lane = delivery.purpose === 'subscriber' ? 'bulk' : 'personal';
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const mailer = mailerFor(system, transport, lane, addressed.allowedTargets);
    const mail = {
      from: transport.from,
      to: delivery.address,
      subject: message.subject,
      text: message.text,
      ...(message.html ? { html: message.html } : {}),
      messageId: `<${delivery.id}@${new URL(system.config.publicUrl).hostname}>`,
      date: delivery.createdAt,
      priority: message.urgency === 'high' ? ('high' as const) : ('normal' as const),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Allclear-Delivery': signOwnMail(system.secrets, delivery.id),
        ...message.headers,
      },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: limit,
    };
    const returnPath = returnPathOf(system, delivery);
    const sent =
      returnPath === null
        ? await mailer.sendMail(mail)
        : await mailer
            .sendMail({ ...mail, envelope: { from: returnPath, to: delivery.address } })
            // Some servers take no such sender, and some say so of the recipient; the page goes out all the same.
            .catch((error: unknown) => (isAddressRefused(error) ? mailer.sendMail(mail) : Promise.reject(error)));
    return { ok: true, providerId: sent.response.slice(0, 200) };
  } catch (error) {
    if (limit.aborted) {
      return {
        ok: false,
        permanent: false,
        unclear: true,
        why: `${transport.host} did not take the mail within ${timeoutMs / 1_000} s.`,
      };
    }
    // An owner may allow the address, or an admin name another server, while this is tried again.
    if (error instanceof AppError) return { ok: false, permanent: false, why: error.message };
    return { ok: false, ...explainSmtp(error, transport) };
  }
}
