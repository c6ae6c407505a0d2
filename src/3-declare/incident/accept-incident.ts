import { audit } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { incidentAccepted, incidentStateChanged } from '../events.ts';
import { watchForCommander } from '../role/watch-for-commander.ts';
import type { Severity } from '../severity/contract.ts';
import { watchForSeverity } from '../severity/watch-severity.ts';
import { record } from '../timeline/record.ts';
import type { Incident } from './incident.ts';
import { move } from './lifecycle.ts';
import { readIncident } from './read-incident.ts';

export type Acceptance = {
  readonly title?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly customerFacing?: boolean | undefined;
};

/** A suspected incident is one: it becomes active, and everything that declaring does starts. Refused in any other state. */
export async function acceptIncident(ctx: Ctx, incidentId: string, acceptance: Acceptance = {}): Promise<Incident> {
  const { after } = await record(ctx, incidentId, (incident) => {
    const step = move(incident.state, 'accept');
    if (!step.ok) throw conflict(step.message);
    const data = {
      title: acceptance.title ?? incident.title,
      severity: acceptance.severity ?? incident.severity,
      severityConfirmed: incident.severityConfirmed || acceptance.severity !== undefined,
      customerFacing: acceptance.customerFacing ?? incident.customerFacing,
    };
    return [{ type: 'accepted', data, text: `Accepted as ${data.severity}: ${data.title}` }];
  });
  await audit(ctx, { action: 'incident.accept', subjectId: incidentId, detail: { severity: after.severity } });
  await watchForCommander(ctx, after);
  await watchForSeverity(ctx, after);
  await ctx.publish(incidentAccepted, { incident: after });
  await ctx.publish(incidentStateChanged, { incident: after, from: 'suspected', to: 'active' });
  return await readIncident(ctx, incidentId);
}
