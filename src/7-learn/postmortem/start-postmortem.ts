import { audit } from '#access';
import { appendEntry, type Incident, openPromise, readIncident } from '#declare';
import { DAY_MS } from '#kernel/duration.ts';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { draftSections } from './draft.ts';
import { readRecord } from './read-record.ts';
import { findPostmortemOfIncident, insertPostmortem, insertRevision, type PostmortemRow } from './store.ts';

const DUE_DAYS = 7;
const WARN_DAYS = [3, 1] as const;

/** Drafts the postmortem of a resolved incident; returns the one that is there when there is one already. */
export async function startPostmortem(ctx: Ctx, incidentId: string): Promise<PostmortemRow> {
  const incident = await readIncident(ctx, incidentId);
  if (incident.state !== 'resolved' && incident.state !== 'closed') {
    throw conflict(`${incident.reference} is ${incident.state}. A postmortem starts when it is resolved.`);
  }
  return draftPostmortem(ctx, incident);
}

/**
 * Writes the first draft from the record and opens the promise: due seven days after the resolution, reminded three days
 * and one day before.
 */
export async function draftPostmortem(ctx: Ctx, incident: Incident): Promise<PostmortemRow> {
  const existing = await findPostmortemOfIncident(ctx, incident.id);
  if (existing) return existing;
  const sections = draftSections(await readRecord(ctx, incident));
  const dueAt = new Date((incident.resolvedAt ?? ctx.now).getTime() + DUE_DAYS * DAY_MS);
  const row = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('pmt'),
    incidentId: incident.id,
    state: 'draft' as const,
    ownerUserId: incident.postmortemOwnerId ?? incident.roles['incident-commander'] ?? incident.declaredBy,
    dueAt,
    version: 1,
    approvedBy: null,
    approvedAt: null,
    publishedAt: null,
    publicBody: null,
    publicDeclinedReason: null,
    publicAt: null,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  const made = await insertPostmortem(ctx, { ...row, sections: JSON.stringify(sections) });
  const stored = await findPostmortemOfIncident(ctx, incident.id);
  if (!stored) throw conflict('The postmortem was removed while it was being made. Try again.');
  if (!made) return stored;
  await insertRevision(ctx, {
    postmortemId: row.id,
    version: 1,
    sections: JSON.stringify(sections),
    authorUserId: null,
  });
  await openPromise(ctx, {
    kind: 'postmortem',
    incidentId: incident.id,
    subjectId: row.id,
    owedBy: 'owner',
    ownerUserId: row.ownerUserId ?? undefined,
    dueAt,
    promptAt: new Date(dueAt.getTime() - WARN_DAYS[0] * DAY_MS),
    warnAt: new Date(dueAt.getTime() - WARN_DAYS[1] * DAY_MS),
    drill: incident.kind === 'drill',
  });
  await appendEntry(ctx, incident.id, {
    type: 'postmortem',
    text: 'Postmortem drafted from the record',
    data: { postmortemId: row.id },
  });
  await audit(ctx, { action: 'postmortem.start', subjectId: row.id, detail: { incidentId: incident.id } });
  ctx.touch('postmortems');
  return stored;
}
