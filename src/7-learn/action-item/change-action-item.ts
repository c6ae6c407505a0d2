import { audit } from '#access';
import { appendEntry, keepPromise, readIncident, waivePromise } from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { refuseActionItem } from './action-item.ts';
import { readToday } from './present.ts';
import { promiseItem, refuse, refuseOwner } from './raise-action-item.ts';
import { type ActionItemRow, findActionItem, updateOpenActionItem } from './store.ts';

export type ActionItemEdit = {
  readonly title?: string | undefined;
  readonly doneWhen?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly reason?: string | undefined;
};

/** Changes an open item by the same rules as a new one; a moved date keeps its reason, and the promise moves with it. */
export async function editActionItem(ctx: Ctx, id: string, edit: ActionItemEdit): Promise<ActionItemRow> {
  const before = await findActionItem(ctx, id);
  const { today, timeZone } = await readToday(ctx);
  const moved = edit.dueOn !== undefined && edit.dueOn !== before.dueOn;
  const draft = {
    title: edit.title ?? before.title,
    doneWhen: edit.doneWhen ?? before.doneWhen,
    dueOn: edit.dueOn ?? before.dueOn,
  };
  const faults = refuseActionItem(draft, today).filter((error) => error.path !== 'body.dueOn' || moved);
  refuse([
    ...faults,
    ...(moved && !edit.reason ? [{ path: 'body.reason', message: 'a moved date needs a reason' }] : []),
    ...(edit.ownerId ? await refuseOwner(ctx, edit.ownerId) : []),
  ]);
  const move = moved
    ? [{ from: before.dueOn, to: draft.dueOn, reason: edit.reason ?? '', at: ctx.now.toISOString() }]
    : [];
  const after = await updateOpenActionItem(ctx, id, {
    ...draft,
    ownerUserId: edit.ownerId ?? before.ownerUserId,
    moves: JSON.stringify([...before.moves, ...move]),
  });
  if (!after) throw settled(before);
  if (moved || after.ownerUserId !== before.ownerUserId) {
    const incident = await readIncident(ctx, before.incidentId);
    await waivePromise(ctx, { kind: 'action-item', subjectId: id });
    await promiseItem(ctx, after, timeZone, incident.kind === 'drill');
  }
  await audit(ctx, { action: 'action-item.edit', subjectId: id, detail: { ...edit } });
  ctx.touch('action-items');
  return after;
}

/** Open → done; keeps the promise, late or not. */
export async function finishActionItem(ctx: Ctx, id: string): Promise<ActionItemRow> {
  const after = await settle(ctx, id, { state: 'done' }, 'Done');
  await keepPromise(ctx, { kind: 'action-item', subjectId: id }, ctx.now);
  return after;
}

/** Open → waived, with the reason why it will not be done. */
export async function waiveActionItem(ctx: Ctx, id: string, reason: string): Promise<ActionItemRow> {
  const after = await settle(ctx, id, { state: 'waived', waivedReason: reason }, 'Waived');
  await waivePromise(ctx, { kind: 'action-item', subjectId: id });
  return after;
}

async function settle(
  ctx: Ctx,
  id: string,
  change: { state: 'done' | 'waived'; waivedReason?: string },
  word: string,
): Promise<ActionItemRow> {
  const before = await findActionItem(ctx, id);
  const after = await updateOpenActionItem(ctx, id, {
    ...change,
    settledAt: ctx.now,
    settledBy: actorUserId(ctx.actor),
  });
  if (!after) throw settled(before);
  const why = change.waivedReason ? ` (${change.waivedReason})` : '';
  await appendEntry(ctx, before.incidentId, {
    type: 'action-item',
    text: `${word}: ${before.title}${why}`,
    data: { actionItemId: id, state: change.state },
  });
  await audit(ctx, { action: `action-item.${change.state}`, subjectId: id, detail: { ...change } });
  ctx.touch('action-items');
  return after;
}

function settled(row: ActionItemRow) {
  return conflict(`“${row.title}” is ${row.state} already and does not change any more.`);
}
