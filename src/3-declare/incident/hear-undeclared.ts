import { type Alert, alertOpened, alertUndeclared, findAlike, readAlert, urgencyOf } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { proposeSeverity } from '../severity/propose-severity.ts';
import { declareIncident } from './declare-incident.ts';
import { joinOpenIncident } from './join-open.ts';

/** A new critical alert that is like those of a suspicion belongs to it from the start; it pages all the same. */
export const hearLikeness = on(alertOpened, async (ctx, { alert: { id, severity, quiet } }) => {
  if (severity !== 'critical' || quiet !== null) return;
  const alert = await readAlert(ctx, id);
  if (isUndecided(alert) && alert.assigneeId === null && urgencyOf(alert) !== 'none')
    await joinOpenIncident(ctx, alert, 'automatic');
});

/**
 * An alert that nobody declared or dismissed becomes a suspected incident by itself, with everything like it that waits as
 * well; or it joins the incident that is there, so that one fault is one question and not a hundred.
 */
export const hearUndeclared = on(alertUndeclared, async (ctx, { alert: { id }, level }) => {
  const alert = await readAlert(ctx, id);
  if (!isUndecided(alert)) return;
  if (level === 'prompt') return void (await joinOpenIncident(ctx, alert, 'automatic'));
  if (!(await joinOpenIncident(ctx, alert, 'any'))) await suspect(ctx, alert);
});

async function suspect(ctx: Ctx, alert: Alert): Promise<void> {
  const others = (await (await findAlike(ctx, alert))?.undecided()) ?? [];
  const { severity } = await proposeSeverity(ctx, [alert, ...others.map((one) => one.alert)]);
  await declareIncident(ctx, {
    proposedSeverity: severity,
    title: alert.title.slice(0, 200),
    alertIds: [alert.id, ...others.map((one) => one.alert.id)],
    kind: alert.drill ? 'drill' : 'real',
    suspected: true,
    automatic: true,
    why: new Map([
      [alert.id, 'Nobody declared or dismissed it for 15 minutes, so it became a suspected incident by itself.'],
      ...others.map(
        ({ alert: other, why }) =>
          [other.id, `It became part of a suspected incident by itself, because ${why}.`] as const,
      ),
    ]),
  });
}

function isUndecided({ incidentId, disposition, state }: Alert): boolean {
  return incidentId === null && disposition === null && state !== 'closed';
}
