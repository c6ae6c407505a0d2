import { listMembers, readWorkspace } from '#access';
import { type Incident, listPromises, readWholeTimeline } from '#declare';
import { listAlertsOfIncident } from '#detect';
import { failedChecksBetween, readMonitors, worstCaseDetectionSeconds } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { IncidentRecord } from './record.ts';

/** Gathers the record of an incident from the earlier stages. */
export async function readRecord(ctx: Ctx, incident: Incident): Promise<IncidentRecord> {
  const [timeline, promises, alerts, members, workspace] = [
    await readWholeTimeline(ctx, incident.id),
    await listPromises(ctx, { incidentId: incident.id }),
    await listAlertsOfIncident(ctx, incident.id),
    await listMembers(ctx),
    await readWorkspace(ctx),
  ];
  const monitorIds = [...new Set(alerts.flatMap((alert) => (alert.monitorId ? [alert.monitorId] : [])))];
  const monitors = monitorIds.length > 0 ? await readMonitors(ctx, monitorIds) : [];
  const names = new Map(members.map((member) => [member.id, member.name]));
  const window = { from: incident.impactStartedAt, to: incident.resolvedAt ?? ctx.now };
  const failures = monitorIds.length > 0 ? await failedChecksBetween(ctx, { monitorIds, ...window }) : [];
  return {
    incident,
    timeline,
    promises,
    alerts,
    failedChecks: failures.length,
    worstCaseDetectionSeconds: monitors.length > 0 ? Math.max(...monitors.map(worstCaseDetectionSeconds)) : null,
    timeZone: workspace.timeZone,
    nameOf: (userId) => names.get(userId) ?? 'a former member',
  };
}
