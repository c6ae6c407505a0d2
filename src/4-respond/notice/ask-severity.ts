import { type PromiseRow, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { drillMark } from '../page/page.ts';
import { findNotices, findPages } from '../page/store.ts';
import { notifyUser } from './notify-user.ts';
import { remindedPeople } from './reminded-people.ts';

/** Asks who leads, else whoever was paged for it, else the backup, how bad it is: until somebody says so it is a guess. */
export async function askForSeverity(ctx: Ctx, promise: PromiseRow): Promise<void> {
  if (promise.incidentId === null) return;
  const incident = await readIncident(ctx, promise.incidentId);
  if (incident.severityConfirmed) return;
  const { id, reference, severity, title } = incident;
  for (const userId of await askedPeople(ctx, incident)) {
    await notifyUser(ctx, userId, {
      subject: `${drillMark(promise.drill)}How bad is it? ${reference} ${title}`,
      text: `Nobody has chosen the severity of ${reference}; it stands at ${severity} by default. It decides who is paged and how soon customers hear of it. If in doubt, pick the higher.`,
      url: `/incidents/${id}`,
      incidentId: id,
      uniqueKey: `severity:${promise.id}`,
      urgency: 'high',
    });
  }
}

type Asked = { readonly id: string; readonly serviceIds: readonly string[]; readonly roles: object };

async function askedPeople(ctx: Ctx, incident: Asked): Promise<string[]> {
  const chain = await remindedPeople(ctx, incident, 'incident-commander');
  const [first] = chain;
  if ('incident-commander' in incident.roles || first === undefined) return chain.slice(0, 1);
  const pages = await findPages(ctx, { incidentId: incident.id });
  const paged = (
    await findNotices(
      ctx,
      pages.map(({ id }) => id),
    )
  ).filter(({ deliveryId }) => deliveryId !== null);
  return paged.length > 0 ? [...new Set(paged.map(({ userId }) => userId))] : [first];
}
