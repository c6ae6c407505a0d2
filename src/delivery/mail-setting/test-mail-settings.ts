import { readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { sendNow } from '../delivery/send-now.ts';
import { hintFor } from '../channel/smtp-error.ts';
import type { MailServer, MailTestResult } from './contract.ts';
import { readMailServers } from './read-mail-transport.ts';

/** Sends a test mail now, outside any transaction, and says what came of it. */
export async function testMailSettings(
  ctx: Ctx,
  { to, server }: { readonly to?: string | undefined; readonly server?: MailServer | undefined },
  system: System,
): Promise<MailTestResult> {
  const servers = await readMailServers(ctx);
  const transport = servers[server === 'spare' ? 1 : 0];
  if (!transport)
    throw new AppError(
      'conflict',
      servers.length > 0 ? 'There is no second mail server.' : 'Mail is not configured yet. Save a mail server first.',
    );
  const userId = actorUserId(ctx.actor);
  const address = to ?? (userId ? (await readUser(ctx, userId)).email : null);
  if (address === null) throw invalid('body.to', 'say where the test should go');
  const result = await sendNow(system, ctx, {
    kind: 'email',
    address,
    purpose: 'test',
    server,
    uniqueKey: `mail-test:${ctx.newId('tst')}`,
    message: {
      subject: 'Test mail from Allclear',
      text: `Mail from Allclear arrives here.\n\nServer: ${transport.host}:${transport.port}\nSender: ${transport.from}\n\nNothing needs to be done.`,
      urgency: 'low',
    },
  });
  if (result.state === 'sent') {
    const note = result.why === null ? '' : ` ${result.why}`;
    return {
      ok: true,
      message: `${note === '' ? transport.host : 'A mail server'} took the mail to ${address}.${note}`,
      hint: null,
      deliveryId: result.id,
    };
  }
  const why = result.why ?? 'The mail is still under way; look at the outbox.';
  return { ok: false, message: why, hint: hintFor(why, transport), deliveryId: result.id };
}
