import { readUser } from '#access';
import { type Incident, promiseDue, type PromiseLevel, type PromiseRow, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { drillMark } from '../page/page.ts';
import { pageForVacancy } from '../page/page-vacancy.ts';
import { askForSeverity } from './ask-severity.ts';
import { notifyUser } from './notify-user.ts';
import { remindedPeople } from './reminded-people.ts';
import { reminderOf, TOLD_AT } from './reminder.ts';

/** Reminds of what is owed, along the chain, and pages the backup for an incident that nobody leads. */
export const hearPromises = on(promiseDue, async (ctx, { promise, level }) => {
  if (promise.kind === 'role-vacancy' && level === 'broken') return pageForVacancy(ctx, promise);
  if (promise.kind === 'severity' && level === 'prompt') return askForSeverity(ctx, promise);
  if (promise.incidentId === null) return;
  const incident = await readIncident(ctx, promise.incidentId);
  const reminder = reminderOf(promise, level, incident, ctx.now);
  if (reminder === null) return;
  for (const userId of await peopleFor(ctx, promise, level, incident)) {
    await notifyUser(ctx, userId, {
      subject: `${drillMark(promise.drill)}${reminder.subject}`,
      text: reminder.text,
      url: placeOf(promise),
      incidentId: incident.id,
      uniqueKey: `promise:${promise.id}:${level}`,
      urgency: promise.ownerUserId !== null || level === 'prompt' ? 'low' : 'high',
    });
  }
});

/** A promise with a named person is theirs alone while they are here; a role's falls down the chain as it gets graver. */
async function peopleFor(ctx: Ctx, promise: PromiseRow, level: PromiseLevel, incident: Incident): Promise<string[]> {
  const { ownerUserId } = promise;
  if (ownerUserId !== null && (await readUser(ctx, ownerUserId)).active) return [ownerUserId];
  return (await remindedPeople(ctx, incident, promise.owedBy)).slice(0, TOLD_AT[level]);
}

function placeOf({ kind, subjectId, incidentId }: PromiseRow): string {
  if (kind === 'postmortem' && subjectId !== null) return `/postmortems/${subjectId}`;
  return kind === 'action-item' ? '/action-items' : `/incidents/${incidentId}`;
}
