import { promiseDue, readIncident } from '#declare';
import { on } from '#platform/events.ts';
import { drillMark } from '../page/page.ts';
import { pageForVacancy } from '../page/page-vacancy.ts';
import { notifyUser } from './notify-user.ts';
import { remindedPeople } from './reminded-people.ts';
import { reminderOf, TOLD_AT } from './reminder.ts';

/** Reminds of promised updates along the chain, and pages the backup for an incident that nobody leads. */
export const hearPromises = on(promiseDue, async (ctx, { promise, level }) => {
  if (promise.kind === 'role-vacancy' && level === 'broken') return pageForVacancy(ctx, promise);
  if (promise.incidentId === null) return;
  const incident = await readIncident(ctx, promise.incidentId);
  const reminder = reminderOf(promise, level, incident, ctx.now);
  if (reminder === null) return;
  const people = (await remindedPeople(ctx, incident, promise.owedBy)).slice(0, TOLD_AT[level]);
  for (const userId of people) {
    await notifyUser(ctx, userId, {
      subject: `${drillMark(promise.drill)}${reminder.subject}`,
      text: reminder.text,
      url: `/incidents/${incident.id}`,
      incidentId: incident.id,
      uniqueKey: `promise:${promise.id}:${level}`,
      urgency: level === 'prompt' ? 'low' : 'high',
    });
  }
});
