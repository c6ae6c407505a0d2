import { addSeconds, MINUTE_MS, SECOND_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Incident } from '../incident/incident.ts';
import { openPromise } from '../promise/open-promise.ts';

const ASKED_AFTER_SECONDS = (5 * MINUTE_MS) / SECOND_MS;
const OWED_WITHIN_SECONDS = (15 * MINUTE_MS) / SECOND_MS;

/**
 * Nobody has chosen the severity, so it is a proposal or the policy's default: whoever leads is asked again after five minutes, and after
 * fifteen the timeline says that it was never confirmed.
 */
export async function watchForSeverity(ctx: Ctx, incident: Incident): Promise<void> {
  if (incident.severityConfirmed) return;
  if (incident.state !== 'active' && incident.state !== 'mitigated') return;
  await openPromise(ctx, {
    kind: 'severity',
    incidentId: incident.id,
    owedBy: 'incident-commander',
    promptAt: addSeconds(ctx.now, ASKED_AFTER_SECONDS),
    dueAt: addSeconds(ctx.now, OWED_WITHIN_SECONDS),
    drill: incident.kind === 'drill',
  });
}
