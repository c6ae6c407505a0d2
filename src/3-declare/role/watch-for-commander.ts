import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Incident } from '../incident/incident.ts';
import { openPromise } from '../promise/open-promise.ts';
import { levelOf, readOpening } from '../severity/read-policy.ts';

const VACANT_SECONDS = 300;

/**
 * Starts the clock of a vacant commander's seat: after five minutes the backup is told. At a level that pages only in
 * business hours it starts with those hours; at one that pages nobody there is none.
 */
export async function watchForCommander(ctx: Ctx, incident: Incident): Promise<void> {
  if (incident.state !== 'active' && incident.state !== 'mitigated') return;
  if (incident.roles['incident-commander'] !== undefined) return;
  const level = await levelOf(ctx, incident);
  if (level.page === 'none') return;
  const from = level.page === 'business-hours' ? (await readOpening(ctx))(ctx.now) : ctx.now;
  await openPromise(ctx, {
    kind: 'role-vacancy',
    incidentId: incident.id,
    subjectId: 'incident-commander',
    owedBy: 'incident-commander',
    dueAt: addSeconds(from, VACANT_SECONDS),
    drill: incident.kind === 'drill',
  });
}
