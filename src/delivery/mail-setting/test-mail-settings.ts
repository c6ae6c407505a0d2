import { readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { sendNow } from '../delivery/send-now.ts';
import { hintFor } from '../channel/smtp-error.ts';
import type { MailTestResult } from './contract.ts';
import { readMailTransport } from './read-mail-transport.ts';

/** Sends a test mail now, outside any transaction, and says what came of it. */
export async function testMailSettings(ctx: Ctx, to: string | undefined, system: System): Promise<MailTestResult> {
  const transport = await readMailTransport(ctx);
  if (!transport) throw new AppError('conflict', 'Mail is not configured yet. Save a mail server first.');
  const userId = actorUserId(ctx.actor);
  const address = to ?? (userId ? (await readUser(ctx, userId)).email : null);
  if (address === null) throw invalid('body.to', 'say where the test should go');
  const result = await sendNow(system, ctx, {
    kind: 'email',
    address,
    purpose: 'test',
    uniqueKey: `mail-test:${ctx.newId('tst')}`,
    message: {
      subject: 'Test mail from Allclear',
      text: `Mail from Allclear arrives here.\n\nServer: ${transport.host}:${transport.port}\nSender: ${transport.from}\n\nNothing needs to be done.`,
      urgency: 'low',
    },
  });
  if (result.state === 'sent') {
    return { ok: true, message: `${transport.host} took the mail to ${address}.`, hint: null, deliveryId: result.id };
  }
  const why = result.why ?? 'The mail is still under way; look at the outbox.';
  return { ok: false, message: why, hint: hintFor(why, transport), deliveryId: result.id };
}
