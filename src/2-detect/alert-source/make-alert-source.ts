import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { readService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { digest } from '#platform/secrets.ts';
import type { AlertSourceKind } from './contract.ts';
import { newKey } from './new-key.ts';
import { type AlertSourceRow, insertAlertSource } from './store.ts';

type NewAlertSource = {
  readonly name: string;
  readonly kind: AlertSourceKind;
  readonly serviceId?: string | null | undefined;
  readonly shadow?: boolean;
  readonly signalsPerMinute?: number | null;
};

/** Makes a way in for signals, with a key of its own. Refuses a service that the workspace does not have. */
export async function makeAlertSource(
  ctx: Ctx,
  { name, kind, serviceId, shadow = false, signalsPerMinute = null }: NewAlertSource,
): Promise<AlertSourceRow> {
  if (serviceId) await readService(ctx, serviceId);
  const key = newKey(kind);
  const row: AlertSourceRow = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('src'),
    name,
    kind,
    serviceId: serviceId ?? null,
    keyDigest: digest(key),
    keySealed: ctx.secrets.seal(key),
    previousKeyDigest: null,
    previousKeyUntil: null,
    keyChangedAt: null,
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
    lastSignalAt: null,
    shadow,
    signalsPerMinute,
    deletedAt: null,
  };
  await insertAlertSource(ctx, row);
  await audit(ctx, {
    action: 'alert-source.create',
    subjectId: row.id,
    detail: { name, kind, serviceId: serviceId ?? null, shadow, signalsPerMinute },
  });
  ctx.touch('settings');
  return row;
}
