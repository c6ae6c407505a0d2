import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { notFound } from '#kernel/errors.ts';
import { readService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { digest } from '#platform/secrets.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import {
  type AlertSourceKind,
  type AlertSourceView,
  createAlertSource,
  deleteAlertSource,
  listAlertSources,
  readAlertSource,
} from './contract.ts';
import {
  type AlertSourceRow,
  insertAlertSource,
  markAlertSourceDeleted,
  selectAlertSource,
  selectAlertSources,
} from './store.ts';

type NewAlertSource = {
  readonly name: string;
  readonly kind: AlertSourceKind;
  readonly serviceId?: string | null | undefined;
};

export const alertSourceRoutes: readonly RouteBinding[] = [
  bind(listAlertSources, async (ctx, { query }) => {
    const beforeId = readCursor(query, /^src_[A-Za-z0-9_-]+$/);
    const rows = await selectAlertSources(ctx, { beforeId, limit: query.limit + 1 });
    return pageOf(
      rows,
      query,
      (row) => row.id,
      (row) => present(ctx, row),
    );
  }),
  bind(createAlertSource, async (ctx, { body }) => present(ctx, await make(ctx, body))),
  bind(readAlertSource, async (ctx, { params }) => {
    const row = await selectAlertSource(ctx, params.id);
    if (!row) throw notFound('alert source', params.id);
    return present(ctx, row);
  }),
  bind(deleteAlertSource, async (ctx, { params }) => {
    if (!(await markAlertSourceDeleted(ctx, params.id))) throw notFound('alert source', params.id);
    await audit(ctx, { action: 'alert-source.delete', subjectId: params.id });
    ctx.touch('settings');
  }),
];

async function make(ctx: Ctx, { name, kind, serviceId }: NewAlertSource): Promise<AlertSourceRow> {
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

function present(ctx: Ctx, row: AlertSourceRow): AlertSourceView {
  const key = ctx.secrets.open(row.keySealed);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    serviceId: row.serviceId,
    key,
    intakeUrl: `${ctx.publicUrl}/intake/${key}`,
    mailAddress: row.kind === 'email' && ctx.config.mailIn !== undefined ? `${key}@${ctx.config.mailIn.domain}` : null,
    createdAt: row.createdAt.toISOString(),
    lastSignalAt: row.lastSignalAt?.toISOString() ?? null,
  };
}
