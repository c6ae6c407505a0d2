import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, instant, listOf, pageQuery } from '#kernel/schema.ts';

/** Something that people changed and another tool tells of: a deployment, a migration, a flag. It alerts nobody. */
const changeEvent = z.object({
  id: id('chg'),
  alertSourceId: id('src'),
  alertSourceName: z.string(),
  /** The service of its source. */
  serviceId: id('svc').nullable(),
  summary: z.string(),
  source: z.string().nullable(),
  links: z.array(z.object({ href: z.string(), text: z.string() })),
  details: z.record(z.string(), z.unknown()).nullable(),
  /** When it was, as the sender says. */
  happenedAt: instant,
  receivedAt: instant,
});
export type ChangeEventView = z.output<typeof changeEvent>;

const MOST_SERVICES = 100;
const serviceList = z
  .string()
  .max(MOST_SERVICES * 70)
  .refine((list) => list.split(',').every((one) => id('svc').safeParse(one).success), 'expected ids like svc_…,svc_…')
  .refine((list) => list.split(',').length <= MOST_SERVICES, `expected at most ${MOST_SERVICES} ids`);

export const listChangeEvents = defineRoute({
  method: 'get',
  path: '/change-events',
  permission: 'alerts.read',
  tag: 'Alerts',
  summary: 'List what other tools say that they changed, latest received first',
  query: pageQuery.extend({
    alertSourceId: id('src').optional(),
    serviceId: id('svc').optional(),
    /** Only what was received since then, such as an hour before an incident began. */
    since: instant.optional(),
    /** Only what was received until then, such as the end of the incident. */
    until: instant.optional(),
    /** Only what concerns these services, separated by commas: their own changes, and those of no service in particular. */
    concerns: serviceList.optional(),
  }),
  response: listOf(changeEvent),
});
