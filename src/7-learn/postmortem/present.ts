import { readIncident } from '#declare';
import type { Incident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { countOpenByIncident } from '../action-item/store.ts';
import { factsOf } from './facts.ts';
import { readRecord } from './read-record.ts';
import { missingSections } from './section.ts';
import type { PostmortemRow } from './store.ts';

/** The list's row of a postmortem. */
export function presentSummary(row: PostmortemRow, incident: Incident, openActionItems: number) {
  return {
    id: row.id,
    incidentId: row.incidentId,
    incidentReference: incident.reference,
    incidentTitle: incident.title,
    severity: incident.severity,
    drill: incident.kind === 'drill',
    state: row.state,
    ownerId: row.ownerUserId,
    dueAt: row.dueAt.toISOString(),
    openActionItems,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    publicAt: row.publicAt?.toISOString() ?? null,
  };
}

/** A postmortem with its facts: live until it is approved, then as they were. */
export async function presentPostmortem(ctx: Ctx, row: PostmortemRow) {
  const incident = await readIncident(ctx, row.incidentId);
  const open = await countOpenByIncident(ctx, [row.incidentId]);
  return {
    ...presentSummary(row, incident, open.get(row.incidentId) ?? 0),
    version: row.version,
    sections: { ...row.sections },
    facts: row.facts ?? factsOf(await readRecord(ctx, incident)),
    missingSections: missingSections(row.sections),
    publicExpected: isPublicExpected(incident),
    publicBody: row.publicBody,
    publicDeclinedReason: row.publicDeclinedReason,
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt?.toISOString() ?? null,
  };
}

/** Customers of a grave incident are owed what happened, why, and what changes. */
export function isPublicExpected(incident: Incident): boolean {
  return (
    incident.customerFacing &&
    incident.kind === 'real' &&
    (incident.severity === 'SEV1' || incident.severity === 'SEV2')
  );
}
