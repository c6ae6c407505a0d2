import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { MailSettingsInput, MailSettingsView } from './contract.ts';
import { readMailSettings } from './read-mail-settings.ts';
import { readMailTransport } from './read-mail-transport.ts';
import { deleteMailSetting, upsertMailSetting } from './store.ts';

/** Sets the mail server. Without a new password the known one stays, unless the account or the server changed. */
export async function saveMailSettings(ctx: Ctx, input: MailSettingsInput): Promise<MailSettingsView> {
  const known = await readMailTransport(ctx);
  const username = input.username === undefined || input.username === '' ? null : input.username;
  const sameAccount = known?.username === username && known?.host === input.host;
  const password = username === null ? null : (input.password ?? (sameAccount ? known.password : null));
  await upsertMailSetting(ctx, {
    workspaceId: ctx.workspaceId,
    host: input.host,
    port: input.port,
    security: input.security,
    username,
    password: password === null ? null : ctx.secrets.seal(password),
    sender: input.from,
    changedAt: ctx.now,
    changedBy: actorUserId(ctx.actor),
  });
  const { password: _, ...shown } = input;
  await audit(ctx, { action: 'mail-settings.change', subjectId: ctx.workspaceId, detail: shown });
  ctx.touch('settings');
  return readMailSettings(ctx);
}

/** Forgets what was set on the screen. */
export async function removeMailSettings(ctx: Ctx): Promise<MailSettingsView> {
  await deleteMailSetting(ctx);
  await audit(ctx, { action: 'mail-settings.remove', subjectId: ctx.workspaceId });
  ctx.touch('settings');
  return readMailSettings(ctx);
}
