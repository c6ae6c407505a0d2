import { inviteCreated, passwordResetRequested, readWorkspace } from '#access';
import { on } from '#platform/events.ts';
import { queueDelivery } from './delivery/queue-delivery.ts';

/** Mails that people get about their access. The links in them are masked in the outbox. */
export const hearAccess = [
  on(inviteCreated, async (ctx, { inviteId, email, url }) => {
    if (email === null) return;
    const { name } = await readWorkspace(ctx);
    await queueDelivery(ctx, {
      kind: 'email',
      address: email,
      purpose: 'invite',
      uniqueKey: `invite:${inviteId}`,
      message: {
        subject: `You are invited to ${name} on Allclear`,
        text: `${name} asks you to join its incident response.\n\nChoose your name and password here:\n${url}\n\nIf you did not expect this, do nothing.`,
        urgency: 'low',
        mask: [url],
      },
    });
  }),
  on(passwordResetRequested, async (ctx, { userId, email, url }) => {
    await queueDelivery(ctx, {
      kind: 'email',
      address: email,
      purpose: 'invite',
      userId,
      uniqueKey: `password-reset:${ctx.newId('rst')}`,
      message: {
        subject: 'Choose a new Allclear password',
        text: `Choose a new password here:\n${url}\n\nIf you did not ask for this, do nothing: your password stays as it is.`,
        urgency: 'low',
        mask: [url],
      },
    });
  }),
];
