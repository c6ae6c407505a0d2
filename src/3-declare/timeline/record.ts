import { type Actor, actorUserId } from '#kernel/actor.ts';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { timelineAppended } from '../events.ts';
import { apply } from '../incident/apply.ts';
import type { Incident } from '../incident/incident.ts';
import type { IncidentChange } from '../incident/incident-event.ts';
import { insertIncident, lockIncident, updateIncident } from '../incident/store.ts';
import type { EntryType, Visibility } from './contract.ts';
import type { TimelineEntry } from './entry.ts';
import { insertEntry } from './store.ts';

/** An entry before it has its place. */
export type Draft = {
  readonly type: EntryType;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly visibility?: Visibility | undefined;
  readonly occurredAt?: Date | undefined;
  readonly corrects?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly actor?: Actor | undefined;
};

export type Recorded = {
  readonly before: Incident;
  readonly after: Incident;
  readonly entries: readonly TimelineEntry[];
};

/**
 * Appends what `decide` wants to an incident that is locked meanwhile, and writes the projection that follows from it:
 * the one way an incident changes. `decide` throws to refuse; no entries = no change.
 */
export async function record(
  ctx: Ctx,
  incidentId: string,
  decide: (incident: Incident) => readonly (IncidentChange | Draft)[],
): Promise<Recorded> {
  const before = await lockIncident(ctx, incidentId);
  if (!before) throw notFound('incident', incidentId);
  let after = before;
  const entries: TimelineEntry[] = [];
  for (const draft of decide(before)) {
    const entry = place(ctx, incidentId, after.seq + 1, draft);
    await insertEntry(ctx, entry, keyOf(draft));
    after = apply(after, { ...entry, workspaceId: ctx.workspaceId });
    entries.push(entry);
  }
  if (entries.length > 0) await updateIncident(ctx, after);
  await tell(ctx, incidentId, entries);
  return { before, after, entries };
}

/** Writes the first entry of a new incident and its projection. */
export async function recordFirst(ctx: Ctx, incidentId: string, change: IncidentChange): Promise<Incident> {
  const entry = place(ctx, incidentId, 1, change);
  const incident = apply(null, { ...entry, workspaceId: ctx.workspaceId });
  await insertIncident(ctx, incident);
  await insertEntry(ctx, entry, null);
  await tell(ctx, incidentId, [entry]);
  return incident;
}

async function tell(ctx: Ctx, incidentId: string, entries: readonly TimelineEntry[]) {
  if (entries.length === 0) return;
  ctx.touch('incidents');
  ctx.touch(`incident:${incidentId}`);
  for (const entry of entries) await ctx.publish(timelineAppended, { incidentId, entry });
}

function keyOf(draft: IncidentChange | Draft): string | null {
  return 'idempotencyKey' in draft ? (draft.idempotencyKey ?? null) : null;
}

function place(ctx: Ctx, incidentId: string, seq: number, draft: IncidentChange | Draft): TimelineEntry {
  const told: Draft = draft;
  const actor = told.actor ?? ctx.actor;
  return {
    id: ctx.newId('evt'),
    incidentId,
    seq,
    type: told.type,
    text: told.text,
    data: told.data,
    actorUserId: actorUserId(actor),
    actorName: actor.kind === 'system' ? actor.name : null,
    channel: actor.channel,
    occurredAt: told.occurredAt ?? ctx.now,
    recordedAt: ctx.now,
    visibility: told.visibility ?? 'internal',
    corrects: told.corrects ?? null,
  };
}
