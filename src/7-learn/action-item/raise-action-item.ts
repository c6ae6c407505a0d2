import { audit, readUser } from '#access';
import { appendEntry, openPromise, readIncident } from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, type FieldError } from '#kernel/errors.ts';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type ActionItemDraft, endOfDueDay, refuseActionItem } from './action-item.ts';
import { readToday } from './present.ts';
import { type ActionItemRow, insertActionItem } from './store.ts';

export type NewActionItem = ActionItemDraft & { readonly ownerId: string };

/** Raises an item at any time of an incident, and promises it. Refuses what is vague, ownerless or undated. */
export async function raiseActionItem(ctx: Ctx, incidentId: string, draft: NewActionItem): Promise<ActionItemRow> {
  const incident = await readIncident(ctx, incidentId);
  const { today, timeZone } = await readToday(ctx);
  refuse([...refuseActionItem(draft, today), ...(await refuseOwner(ctx, draft.ownerId))]);
  const row = await insertActionItem(ctx, {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('act'),
    incidentId,
    title: draft.title,
    doneWhen: draft.doneWhen,
    ownerUserId: draft.ownerId,
    dueOn: draft.dueOn,
    state: 'open',
    waivedReason: null,
    settledAt: null,
    settledBy: null,
    moves: '[]',
    createdBy: actorUserId(ctx.actor),
    createdAt: ctx.now,
  });
  await promiseItem(ctx, row, timeZone, incident.kind === 'drill');
  await appendEntry(ctx, incidentId, {
    type: 'action-item',
    text: `Action item: ${row.title} (due ${row.dueOn})`,
    data: { actionItemId: row.id },
  });
  await audit(ctx, {
    action: 'action-item.create',
    subjectId: row.id,
    detail: { incidentId, dueOn: row.dueOn, ownerId: row.ownerUserId },
  });
  ctx.touch('action-items');
  return row;
}

/** Opens the promise of an item: reminded three days and one day before, broken when its due day ends. */
export async function promiseItem(ctx: Ctx, row: ActionItemRow, timeZone: string, drill: boolean): Promise<void> {
  const dueAt = endOfDueDay(row.dueOn, timeZone);
  await openPromise(ctx, {
    kind: 'action-item',
    incidentId: row.incidentId,
    subjectId: row.id,
    owedBy: 'owner',
    ownerUserId: row.ownerUserId,
    dueAt,
    promptAt: new Date(dueAt.getTime() - 3 * DAY_MS),
    warnAt: new Date(dueAt.getTime() - DAY_MS),
    drill,
  });
}

/** The owner must be somebody who can still do it. */
export async function refuseOwner(ctx: Ctx, ownerId: string): Promise<FieldError[]> {
  const user = await readUser(ctx, ownerId).catch(() => null);
  return user?.active ? [] : [{ path: 'body.ownerId', message: 'is not an active member of this workspace' }];
}

/** Throws when there is anything to refuse. */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0)
    throw new AppError('invalid', `Not an action item yet: ${errors.map((e) => e.message).join('; ')}.`, { errors });
}
