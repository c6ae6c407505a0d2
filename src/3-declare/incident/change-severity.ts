import { audit } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { severityChanged } from '../events.ts';
import { keepPromise, waivePromise } from '../promise/open-promise.ts';
import { watchForCommander } from '../role/watch-for-commander.ts';
import type { Severity } from '../severity/contract.ts';
import { levelOf } from '../severity/read-policy.ts';
import { isRaised } from '../severity/severity.ts';
import { record } from '../timeline/record.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './lifecycle.ts';
import { readIncident } from './read-incident.ts';

/**
 * Changes the severity, or confirms the one that was only a default. Later stages hear of it: raising does what the
 * higher level asks for beyond the lower one, lowering un-pages nobody. Refused when nothing would change, or when the
 * incident has ended.
 */
export async function changeSeverity(
  ctx: Ctx,
  incidentId: string,
  { severity, reason }: { severity: Severity; reason: string },
): Promise<Incident> {
  const { before, after } = await record(ctx, incidentId, (incident) => {
    if (!isOpen(incident.state) && incident.state !== 'resolved')
      throw conflict(`${incident.reference} is ${incident.state}; its severity stays ${incident.severity}.`);
    if (incident.severity === severity && incident.severityConfirmed)
      throw conflict(`${incident.reference} is ${severity} already.`);
    const what =
      incident.severity === severity
        ? `Severity confirmed as ${severity}`
        : `Severity changed from ${incident.severity} to ${severity}`;
    return [{ type: 'severity', data: { from: incident.severity, to: severity, reason }, text: `${what}: ${reason}` }];
  });
  await audit(ctx, {
    action: 'incident.change-severity',
    subjectId: incidentId,
    detail: { from: before.severity, to: severity, reason },
  });
  if (isRaised(before.severity, severity)) await watchForCommander(ctx, after);
  else if ((await levelOf(ctx, after)).page === 'none') await waivePromise(ctx, { kind: 'role-vacancy', incidentId });
  await keepPromise(ctx, { kind: 'severity', incidentId }, ctx.now);
  await ctx.publish(severityChanged, { incident: after, from: before.severity, to: severity, reason });
  return await readIncident(ctx, incidentId);
}
