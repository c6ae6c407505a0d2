import type { Ctx } from '#platform/ctx.ts';
import { isCurrent } from '../delivery/delivery.ts';
import { findLastOutcomes } from '../delivery/outcome-store.ts';
import { findHeld } from '../delivery/store.ts';
import type { MailSettingsView } from './contract.ts';
import type { MailTransport } from './mail-transport.ts';
import { readMailServers } from './read-mail-transport.ts';

/** How mail leaves, without the password, and what is held. */
export async function readMailSettings(ctx: Ctx): Promise<MailSettingsView> {
  const [first, second] = await readMailServers(ctx);
  const transport = first ?? null;
  const held = await findHeld(ctx, 'email');
  const { sent, failed } = await findLastOutcomes(ctx, 'email');
  const sentAt = sent?.settledAt ?? null;
  const failedAt = failed?.settledAt ?? null;
  const failing = failedAt !== null && (sentAt === null || failedAt > sentAt);
  return {
    configured: transport !== null,
    source: transport?.source ?? 'none',
    host: transport?.host ?? null,
    port: transport?.port ?? null,
    security: transport?.security ?? null,
    username: transport?.username ?? null,
    passwordSet: transport !== null && transport.password !== null,
    from: transport?.from ?? null,
    spare: second === undefined ? null : presentSpare(second),
    heldCount: held.length,
    releasableCount: held.filter((delivery) => isCurrent(delivery, ctx.now)).length,
    lastSentAt: sentAt?.toISOString() ?? null,
    lastSentNote: sent?.why ?? null,
    lastFailure: failing ? { at: failedAt.toISOString(), why: failed?.why ?? '' } : null,
  };
}

function presentSpare({ password, ...server }: MailTransport): MailSettingsView['spare'] {
  return { ...server, passwordSet: password !== null };
}
