import { type Alert, readAlerts } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import type { ShadowPageView } from './contract.ts';
import { findShadowPages, type ShadowPageRow } from './store.ts';

/** What would have been paged, newest first; what was due only after the alert had ended is marked. */
export async function listShadowPages(
  ctx: Ctx,
  query: PageQuery & { readonly alertSourceId?: string | undefined; readonly alertId?: string | undefined },
) {
  const rows = await findShadowPages(ctx, query);
  const alerts = new Map(
    (
      await readAlerts(
        ctx,
        rows.map(({ alertId }) => alertId),
      )
    ).map((one) => [one.id, one]),
  );
  return pageOf(
    rows,
    query,
    ({ id }) => id,
    (row) => present(row, alerts.get(row.alertId)),
  );
}

function present(row: ShadowPageRow, alert: Alert | undefined): ShadowPageView {
  const endedMs = Math.min(alert?.acknowledgedAt?.getTime() ?? Infinity, alert?.closedAt?.getTime() ?? Infinity);
  return {
    id: row.id,
    at: row.at.toISOString(),
    alertId: row.alertId,
    alertTitle: alert?.title ?? '',
    alertSourceId: row.alertSourceId,
    alertSourceName: alert?.alertSourceName ?? null,
    urgency: row.urgency,
    why: row.why,
    declares: row.declares,
    policyName: row.policyName,
    policyVersion: row.policyVersion,
    endedAt: endedMs === Infinity ? null : new Date(endedMs).toISOString(),
    steps: [...row.steps],
    messages: row.steps
      .flatMap(({ step, skipped, people }) =>
        skipped === null
          ? people.flatMap(({ userId, name, methods }) =>
              methods.map(({ kind, address, at }) => ({
                userId,
                userName: name,
                kind,
                address,
                step,
                at,
                due: Date.parse(at) < endedMs,
              })),
            )
          : [],
      )
      .toSorted((one, other) => one.at.localeCompare(other.at)),
  };
}
