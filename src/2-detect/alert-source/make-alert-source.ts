import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { readService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { digest } from '#platform/secrets.ts';
import type { AlertSourceKind } from './contract.ts';
import { type AlertSourceRow, insertAlertSource } from './store.ts';

type NewAlertSource = {
  readonly name: string;
  readonly kind: AlertSourceKind;
  readonly serviceId?: string | null | undefined;
};

/** Makes a way in for signals, with a key of its own. Refuses a service that the workspace does not have. */
export async function makeAlertSource(ctx: Ctx, { name, kind, serviceId }: NewAlertSource): Promise<AlertSourceRow> {
  if (serviceId) await readService(ctx, serviceId);
  // The part of a mail address before the @ may have 64 characters, and the key of an alert must fit in as well.
  const key = kind === 'email' ? newSecret('in', 16) : newSecret('in');
  const row: AlertSourceRow = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('src'),
    name,
    kind,
    serviceId: serviceId ?? null,
    keyDigest: digest(key),
    keySealed: ctx.secrets.seal(key),
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
    lastSignalAt: null,
    deletedAt: null,
  };
  await insertAlertSource(ctx, row);
  await audit(ctx, {
    action: 'alert-source.create',
    subjectId: row.id,
    detail: { name, kind, serviceId: serviceId ?? null },
  });
  ctx.touch('settings');
  return row;
}
