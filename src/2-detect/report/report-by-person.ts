import { audit, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { assert, conflict } from '#kernel/errors.ts';
import { readService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import type { SignalSeverity } from '../alert/contract.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { releaseClosedKey } from '../alert/store.ts';
import { writeNow } from '../signal/write-now.ts';
import { signalOfReport, storable, titleOf } from './report.ts';

const SCOPE = 'person';

export type PersonReport = {
  readonly title: string;
  readonly serviceId?: string | null | undefined;
  readonly details?: string | undefined;
  readonly severity: SignalSeverity;
};

/**
 * Somebody inside says that something is wrong: an alert under their name, which pages as any other does. The same title
 * about the same service is the same alert while it is open. Refuses a service that the workspace does not have.
 */
export async function reportByPerson(ctx: Ctx, report: PersonReport): Promise<Alert> {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw conflict('Only a person can report a problem.');
  const { name } = await readUser(ctx, userId);
  const { title, details, severity } = report;
  const serviceId = report.serviceId ?? null;
  if (serviceId !== null) await readService(ctx, serviceId);
  const dedupKey = storable(`${serviceId ?? 'any'} ${title.toLowerCase()}`);
  // "Not an incident" keeps machines that repeat themselves quiet; somebody who says it anew is heard.
  await releaseClosedKey(ctx, SCOPE, dedupKey);
  const alertId = await writeNow(
    ctx,
    signalOfReport({
      workspaceId: ctx.workspaceId,
      at: ctx.now,
      scope: SCOPE,
      dedupKey,
      severity,
      title: titleOf(null, title),
      origin: 'person',
      alertSource: null,
      reporter: name,
      serviceId,
      words: details ?? title,
    }),
  );
  assert(alertId !== null, 'a firing signal has an alert');
  await audit(ctx, { action: 'alert.report', subjectId: alertId, detail: { severity, serviceId } });
  return await readAlert(ctx, alertId);
}
