import { type Actor, actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import { insertAuditEntry } from './store.ts';

/** What was changed: a dotted act (`monitor.create`), the thing, and the new values without secrets. */
export type AuditEntry = {
  readonly action: string;
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** Writes the audit row of a change, in the change's own transaction. */
export async function audit(ctx: Ctx, entry: AuditEntry): Promise<void> {
  await insertAuditEntry(ctx, {
    id: ctx.newId('aud'),
    workspaceId: ctx.workspaceId,
    at: ctx.now,
    actorUserId: actorUserId(ctx.actor),
    actorName: actorName(ctx.actor),
    channel: ctx.actor.channel,
    action: entry.action,
    subjectId: entry.subjectId,
    detail: JSON.stringify(entry.detail ?? {}),
  });
}

function actorName(actor: Actor): string {
  return actor.kind === 'system' ? `allclear:${actor.name}` : (actor.apiKeyId ?? actor.userId);
}
