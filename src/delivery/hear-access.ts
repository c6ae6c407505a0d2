import { apiKeyMade, inviteCreated, passwordResetRequested, readUser, readWorkspace } from '#access';
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
  on(apiKeyMade, async (ctx, { userId, keyId, name, hint, role, expiresAt, madeWith }) => {
    const [{ email }, workspace] = [await readUser(ctx, userId), await readWorkspace(ctx)];
    const how = madeWith === null ? 'by you, signed in' : `with your API key “${madeWith}”`;
    const lines = [
      `The API key “${name}” (${hint}…) was made ${how}, at ${ctx.now.toISOString()}. It acts as you in ${workspace.name}, as ${role}, ${expiresAt === null ? 'and never expires' : `until ${expiresAt.toISOString()}`}.`,
      `If that was not you, revoke it at once, and choose another password:\n${ctx.publicUrl}/settings/your-api-keys\n${ctx.publicUrl}/settings/you`,
    ];
    await queueDelivery(ctx, {
      kind: 'email',
      address: email,
      purpose: 'invite',
      userId,
      uniqueKey: `api-key:${keyId}`,
      message: { subject: `An API key of yours was made: ${name}`, text: lines.join('\n\n'), urgency: 'low' },
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
