import { isIP } from 'node:net';
import { audit, readAllowedTargets } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import { isAllowedTarget, suggestAllowedTarget } from '#platform/address-guard.ts';
import type { Ctx } from '#platform/ctx.ts';
import { refusedTarget } from '#platform/guarded-lookup.ts';
import { channelSettingsChanged } from '../delivery/events.ts';
import type { MailServer, MailSettingsInput, MailSettingsView } from './contract.ts';
import { readMailSettings } from './read-mail-settings.ts';
import { readMailTransport } from './read-mail-transport.ts';
import { deleteMailSetting, upsertMailSetting } from './store.ts';

/** Sets the mail server. Without a new password the known one stays, unless the account or the server changed. */
export async function saveMailSettings(
  ctx: Ctx,
  input: MailSettingsInput,
  server: MailServer = 'first',
): Promise<MailSettingsView> {
  await refuseForbidden(ctx, input.host);
  if (server === 'spare' && (await readMailTransport(ctx, 'first')) === null)
    throw conflict('A second mail server stands beside a first one. Set that one first.');
  const known = await readMailTransport(ctx, server);
  const username = input.username === undefined || input.username === '' ? null : input.username;
  const sameAccount = known?.username === username && known?.host === input.host;
  const password = username === null ? null : (input.password ?? (sameAccount ? known.password : null));
  await upsertMailSetting(ctx, server, {
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
  await audit(ctx, { action: 'mail-settings.change', subjectId: ctx.workspaceId, detail: { ...shown, server } });
  await ctx.publish(channelSettingsChanged, { setting: 'mail' });
  ctx.touch('settings');
  return readMailSettings(ctx);
}

/** What an address alone tells; a name is judged by where it leads when a mail is sent. */
async function refuseForbidden(ctx: Ctx, host: string): Promise<void> {
  const address = host.toLowerCase() === 'localhost' ? '127.0.0.1' : host;
  if (isIP(address) === 0 || isAllowedTarget(address, await readAllowedTargets(ctx))) return;
  const { message } = refusedTarget(host, address);
  const suggestion = suggestAllowedTarget(address);
  const error = { path: 'body.host', message, ...(suggestion === null ? {} : { suggestion }) };
  throw new AppError('invalid', message, { errors: [error] });
}

/** Forgets what was set on the screen. */
export async function removeMailSettings(ctx: Ctx, server: MailServer = 'first'): Promise<MailSettingsView> {
  await deleteMailSetting(ctx, server);
  await audit(ctx, { action: 'mail-settings.remove', subjectId: ctx.workspaceId, detail: { server } });
  await ctx.publish(channelSettingsChanged, { setting: 'mail' });
  ctx.touch('settings');
  return readMailSettings(ctx);
}
