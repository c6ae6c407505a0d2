import { readWorkspace } from '#access';
import { readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { ActionItemRow } from './store.ts';

/** The calendar date of now in the workspace's zone. */
export async function readToday(ctx: Ctx): Promise<{ today: Temporal.PlainDate; timeZone: string }> {
  const { timeZone } = await readWorkspace(ctx);
  return {
    today: Temporal.Instant.fromEpochMilliseconds(ctx.now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate(),
    timeZone,
  };
}

/** The wire shape of action items. */
export async function presentActionItems(ctx: Ctx, rows: readonly ActionItemRow[]) {
  const today = (await readToday(ctx)).today.toString();
  const references = new Map<string, string>();
  for (const id of new Set(rows.map((row) => row.incidentId)))
    references.set(id, (await readIncident(ctx, id)).reference);
  return rows.map((row) => ({
    id: row.id,
    incidentId: row.incidentId,
    incidentReference: references.get(row.incidentId) ?? '',
    title: row.title,
    doneWhen: row.doneWhen,
    ownerId: row.ownerUserId,
    dueOn: row.dueOn,
    state: row.state,
    overdue: row.state === 'open' && row.dueOn < today,
    waivedReason: row.waivedReason,
    settledAt: row.settledAt?.toISOString() ?? null,
    moves: row.moves.map((move) => ({ ...move })),
    createdAt: row.createdAt.toISOString(),
  }));
}

/** The wire shape of one. */
export async function presentActionItem(ctx: Ctx, row: ActionItemRow) {
  const [item] = await presentActionItems(ctx, [row]);
  if (!item) throw new Error('Invariant broken: one row presents as one item');
  return item;
}
