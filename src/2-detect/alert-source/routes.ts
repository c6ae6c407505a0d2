import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import {
  type AlertSourceKind,
  type AlertSourceView,
  changeAlertSource,
  createAlertSource,
  deleteAlertSource,
  listAlertSources,
  readAlertSource,
  revokePreviousAlertSourceKey,
  rotateAlertSourceKey,
} from './contract.ts';
import { changeSource } from './change-alert-source.ts';
import { makeAlertSource } from './make-alert-source.ts';
import { revokePreviousKey, rotateKey } from './rotate-key.ts';
import { type AlertSourceRow, markAlertSourceDeleted, selectAlertSource, selectAlertSources } from './store.ts';

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
  bind(createAlertSource, async (ctx, { body }) => present(ctx, await makeAlertSource(ctx, body))),
  bind(readAlertSource, async (ctx, { params }) => {
    const row = await selectAlertSource(ctx, params.id);
    if (!row) throw notFound('alert source', params.id);
    return present(ctx, row);
  }),
  bind(rotateAlertSourceKey, async (ctx, { params, body }) =>
    present(ctx, await rotateKey(ctx, params.id, body.graceSeconds)),
  ),
  bind(changeAlertSource, async (ctx, { params, body }) => present(ctx, await changeSource(ctx, params.id, body))),
  bind(revokePreviousAlertSourceKey, async (ctx, { params }) => {
    await revokePreviousKey(ctx, params.id);
  }),
  bind(deleteAlertSource, async (ctx, { params }) => {
    const source = await selectAlertSource(ctx, params.id);
    if (source?.kind === 'form')
      throw conflict('This source is the form of a status page. Switch “Report a problem” off there.');
    if (!(await markAlertSourceDeleted(ctx, params.id))) throw notFound('alert source', params.id);
    await audit(ctx, { action: 'alert-source.delete', subjectId: params.id });
    ctx.touch('settings');
  }),
];

function addressOf(publicUrl: string, kind: AlertSourceKind, key: string): string {
  switch (kind) {
    case 'pagerduty':
      // The key stands in the body.
      return `${publicUrl}/pagerduty/v2/enqueue`;
    case 'opsgenie':
      // The key stands in a header.
      return `${publicUrl}/opsgenie/v2/alerts`;
    case 'alertmanager':
    case 'grafana':
    case 'ticket':
      return `${publicUrl}/intake/${key}/${kind}`;
    default:
      return `${publicUrl}/intake/${key}`;
  }
}

function present(ctx: Ctx, row: AlertSourceRow): AlertSourceView {
  const key = ctx.secrets.open(row.keySealed);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    serviceId: row.serviceId,
    key,
    intakeUrl: addressOf(ctx.publicUrl, row.kind, key),
    mailAddress:
      (row.kind === 'email' || row.kind === 'ticket') && ctx.config.mailIn !== undefined
        ? `${key}@${ctx.config.mailIn.domain}`
        : null,
    keyChangedAt: row.keyChangedAt?.toISOString() ?? null,
    previousKeyUntil:
      row.previousKeyUntil !== null && row.previousKeyUntil > ctx.now ? row.previousKeyUntil.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    lastSignalAt: row.lastSignalAt?.toISOString() ?? null,
    shadow: row.shadow,
    signalsPerMinute: row.signalsPerMinute,
  };
}
