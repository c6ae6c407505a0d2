import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, keyGrace, line, listOf, pageQuery } from '#kernel/schema.ts';
import { signalsPerMinute } from '../limit/contract.ts';

/**
 * How a source is spoken to: our own JSON or a mapping's (`generic`), the formats of other tools, mail, the form of a
 * status page, or a help desk.
 */
export const alertSourceKind = z.enum([
  'generic',
  'alertmanager',
  'grafana',
  'pagerduty',
  'opsgenie',
  'email',
  'form',
  'ticket',
]);
export type AlertSourceKind = z.output<typeof alertSourceKind>;

export const alertSource = z.object({
  id: id('src'),
  name: z.string(),
  kind: alertSourceKind,
  serviceId: id('svc').nullable(),
  /** The secret part of the intake address. Readable again by owners and admins. */
  key: z.string(),
  /** Where to POST signals. */
  intakeUrl: z.string(),
  /** Where to send mail, for the kinds `email` and `ticket`; null while this installation takes no mail. */
  mailAddress: z.string().nullable(),
  /** When the key took the place of another. */
  keyChangedAt: instant.nullable(),
  /** Until when the key before works as well; null = it does not. */
  previousKeyUntil: instant.nullable(),
  createdAt: instant,
  lastSignalAt: instant.nullable(),
  /** What it sends opens alerts and pages nobody; `GET /shadow-pages` says who would have been paged. */
  shadow: z.boolean(),
  /** What it sends over this is turned away with the answer that its sender repeats; null = as many as it likes. */
  signalsPerMinute,
});
export type AlertSourceView = z.output<typeof alertSource>;

const tag = 'Alert sources';

export const listAlertSources = defineRoute({
  method: 'get',
  path: '/alert-sources',
  permission: 'alert-sources.read',
  tag,
  summary: 'List alert sources with their keys, newest first',
  query: pageQuery,
  response: listOf(alertSource),
});

export const createAlertSource = defineRoute({
  method: 'post',
  path: '/alert-sources',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Make an address where other tools can send signals',
  body: z.object({
    name: line(100),
    /** A form is made by the switch of its status page. */
    kind: alertSourceKind.exclude(['form']).default('generic'),
    /** The service that its alerts are about. */
    serviceId: id('svc').nullable().optional(),
    /** Pages nobody until it is let go live. */
    shadow: z.boolean().default(false),
    signalsPerMinute: signalsPerMinute.default(null),
  }),
  response: alertSource,
  status: 201,
});

export const readAlertSource = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}',
  permission: 'alert-sources.read',
  tag,
  summary: 'Read an alert source with its key',
  params: idParams('src'),
  response: alertSource,
});

export const changeAlertSource = defineRoute({
  method: 'patch',
  path: '/alert-sources/{id}',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Put an alert source into shadow, where it pages nobody, or let it go live; limit what it may send',
  params: idParams('src'),
  body: z
    .object({ shadow: z.boolean().optional(), signalsPerMinute: signalsPerMinute.optional() })
    .refine((body) => body.shadow !== undefined || body.signalsPerMinute !== undefined, 'names nothing to change'),
  response: alertSource,
});

export const deleteAlertSource = defineRoute({
  method: 'delete',
  path: '/alert-sources/{id}',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Remove an alert source; its key stops working, its alerts stay',
  params: idParams('src'),
});

export const rotateAlertSourceKey = defineRoute({
  method: 'post',
  path: '/alert-sources/{id}/key',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Give an alert source a new key; the one before works on for a while, or is revoked within two seconds',
  params: idParams('src'),
  body: z.object({ graceSeconds: keyGrace }),
  response: alertSource,
});

export const revokePreviousAlertSourceKey = defineRoute({
  method: 'delete',
  path: '/alert-sources/{id}/previous-key',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Revoke the replaced key of an alert source before its time is up, within two seconds',
  params: idParams('src'),
});
