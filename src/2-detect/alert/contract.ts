import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery, prose, queryFlag } from '#kernel/schema.ts';

/** How bad the sender says it is; an incident's severity is something else. */
export const signalSeverity = z.enum(['critical', 'error', 'warning', 'info']);
export type SignalSeverity = z.output<typeof signalSeverity>;

export const alertState = z.enum(['open', 'acknowledged', 'closed']);
export type AlertState = z.output<typeof alertState>;

export const alertOrigin = z.enum(['monitor', 'intake', 'heartbeat', 'person', 'slo']);
export type AlertOrigin = z.output<typeof alertOrigin>;

/** Whether it pages, and how urgently. */
export const alertUrgency = z.enum(['high', 'low', 'none']);
export type AlertUrgency = z.output<typeof alertUrgency>;

/**
 * Why an open alert asks nobody itself: a route suppresses or holds it, somebody muted it, its group asks for it, its
 * service is in maintenance, what its service depends on is down (`upstream`), or its source is in shadow.
 */
export const alertQuiet = z.enum(['suppressed', 'held', 'muted', 'grouped', 'maintenance', 'upstream', 'shadow']);
export type AlertQuiet = z.output<typeof alertQuiet>;

/** One line of the answer to "why am I seeing this?". */
export const alertReason = z.object({
  /** `group` and `storm`: another alert asks for it, or it asks for others. `incident`: why it is in one, when nobody put it there. */
  kind: z.enum([
    'route',
    'catch-all',
    'service',
    'outcome',
    'mute',
    'maintenance',
    'upstream',
    'group',
    'storm',
    'incident',
  ]),
  text: z.string(),
  routeId: z.string().optional(),
  muteId: z.string().optional(),
  /** The alert that asked for its group when it joined. */
  alertId: z.string().optional(),
});
export type AlertReason = z.output<typeof alertReason>;

/** What people decided that it is. */
export const disposition = z.enum(['dismissed', 'declared', 'false-alarm']);
export type Disposition = z.output<typeof disposition>;

/** `quiet`: its sender said nothing for as long as the workspace allows. */
export const closeReason = z.enum(['recovered', 'resolved', 'by-hand', 'dismissed', 'false-alarm', 'quiet']);
export type CloseReason = z.output<typeof closeReason>;

export const alert = z.object({
  id: id('alt'),
  title: z.string(),
  dedupKey: z.string(),
  severity: signalSeverity,
  state: alertState,
  source: alertOrigin,
  /** The alert source of an intake alert. */
  alertSourceId: id('src').nullable(),
  alertSourceName: z.string().nullable(),
  monitorId: z.string().nullable(),
  serviceId: z.string().nullable(),
  incidentId: z.string().nullable(),
  disposition: disposition.nullable(),
  /** Raised by a drill: marked everywhere, never public, out of the metrics. */
  drill: z.boolean(),
  /** Signals that said the same, the first included. */
  count: z.number().int(),
  /** Since when, as far as the sender can say; never after `firstSeenAt`. */
  beganAt: instant,
  firstSeenAt: instant,
  lastSeenAt: instant,
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: instant.nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  closeReason: closeReason.nullable(),
  /** Quiet until then; it is acknowledged meanwhile and asks again when the time is up. */
  snoozedUntil: instant.nullable(),
  /** Whom somebody gave it to: pages ask this person first, or go by this escalation policy. */
  assigneeId: z.string().nullable(),
  policyId: z.string().nullable(),
  /** Whether it pages, and how urgently; null = by its signal severity. */
  urgency: alertUrgency.nullable(),
  /** The rule that took it; null = none did. */
  routeId: z.string().nullable(),
  reasons: z.array(alertReason),
  quiet: alertQuiet.nullable(),
  /** Until when it asks nobody; null = for good, or not quiet. A closed alert that is `held` was over before anybody was asked. */
  quietUntil: instant.nullable(),
  muteId: z.string().nullable(),
  /** The maintenance window, or the alert of what its service depends on, that keeps it quiet. */
  quietBy: z.string().nullable(),
  /** Alerts of one group ask as one. */
  groupId: z.string().nullable(),
  /** The other alerts of its group, when it is the one that asks for all: how many came so far, and are not closed. */
  standsFor: z.object({ count: z.number().int(), open: z.number().int() }).nullable(),
  /** Alerts that ask nobody because this one says what their services need is down; null = there are none. */
  explains: z.object({ count: z.number().int(), open: z.number().int() }).nullable(),
  /** When whoever owns what no route takes is asked to look at it. */
  lookDueAt: instant.nullable(),
  labels: z.record(z.string(), z.string()),
  url: z.string().nullable(),
  /** What the failing check saw, or what the sender attached; shown as it is. */
  evidence: z.record(z.string(), z.unknown()).nullable(),
  /** When somebody is asked to declare or dismiss it, and when it becomes a suspected incident by itself. */
  promptDueAt: instant.nullable(),
  suspectDueAt: instant.nullable(),
  promptedAt: instant.nullable(),
});
export type AlertView = z.output<typeof alert>;

const tag = 'Alerts';

export const listAlerts = defineRoute({
  method: 'get',
  path: '/alerts',
  permission: 'alerts.read',
  tag,
  summary: 'List alerts, newest first',
  query: pageQuery.extend({
    state: alertState.optional(),
    incidentId: id('inc').optional(),
    monitorId: id('mon').optional(),
    /** Only critical alerts that nobody has declared or dismissed. */
    undeclared: queryFlag.optional(),
    /** Only alerts of any severity that are not closed, and that nobody has declared or dismissed. */
    undecided: queryFlag.optional(),
    /** Only those that ask nobody (true), or only those that do (false). */
    quiet: queryFlag.optional(),
    groupId: id('grp').optional(),
    /** Only those that ask nobody because this alert explains them. */
    explainedBy: id('alt').optional(),
    /** Only those in one row of a folded list; with `groupId`, `incidentId` or `explainedBy`, whose list it is. */
    fold: id('fld').optional(),
    /** Only those that were over while they were held, before anybody was asked. */
    transient: queryFlag.optional(),
    /** Only those whose check left a picture of a page (true), or only those whose did not (false). */
    pictured: queryFlag.optional(),
  }),
  response: listOf(alert),
});

export const getAlertCounts = defineRoute({
  method: 'get',
  path: '/alerts/counts',
  permission: 'alerts.read',
  tag,
  summary: 'How many alerts are open, acknowledged, and wait for a decision',
  response: z.object({
    open: z.number().int(),
    acknowledged: z.number().int(),
    /** Open or acknowledged, and neither declared nor dismissed. */
    undecided: z.number().int(),
    /** Open or acknowledged, and asking nobody: suppressed, held or muted. */
    quiet: z.number().int(),
    /** Held, and over before anybody was asked, in the last 24 hours. */
    transient: z.number().int(),
  }),
});

export const readAlertRoute = defineRoute({
  method: 'get',
  path: '/alerts/{id}',
  permission: 'alerts.read',
  tag,
  summary: 'Read an alert',
  params: idParams('alt'),
  response: alert,
});

export const acknowledgeAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/acknowledge',
  permission: 'alerts.act',
  tag,
  summary: 'Say that you are looking at it; paging for it stops',
  params: idParams('alt'),
  response: alert,
});

export const closeAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/close',
  permission: 'alerts.act',
  tag,
  summary: 'Close an alert by hand; the next signal opens a new one',
  params: idParams('alt'),
  response: alert,
});

export const dismissAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/dismiss',
  permission: 'alerts.act',
  tag,
  summary: 'Not an incident: close it and stop asking, until its source has recovered',
  params: idParams('alt'),
  body: z.object({ reason: prose(500).optional() }).optional(),
  response: alert,
});

export const unacknowledgeAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/unacknowledge',
  permission: 'alerts.act',
  tag,
  summary: 'Take an acknowledgement or a snooze back: it is open, and pages again at once',
  params: idParams('alt'),
  response: alert,
});

const snooze = { /** At most 30 days from now. */ until: instant };

export const snoozeAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/snooze',
  permission: 'alerts.act',
  tag,
  summary: 'Acknowledge until a time; when it is up, the alert is open and pages again',
  params: idParams('alt'),
  body: z.object(snooze),
  response: alert,
});

/** One of the two. */
const reassign = { userId: id('usr').optional(), policyId: id('epo').optional() };

export const reassignAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/reassign',
  permission: 'alerts.act',
  tag,
  summary: 'Give it to a person (userId) or an escalation policy (policyId), who are paged at once',
  params: idParams('alt'),
  body: z.object(reassign),
  response: alert,
});

export const escalateAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/escalate',
  permission: 'alerts.act',
  tag,
  summary: 'Page the next step now, also when somebody has acknowledged',
  params: idParams('alt'),
  response: alert,
});

export const noteAlertRoute = defineRoute({
  method: 'post',
  path: '/alerts/{id}/notes',
  permission: 'alerts.act',
  tag,
  summary: 'Write a note into the journal of an alert',
  params: idParams('alt'),
  body: z.object({ body: prose(4_000) }),
  response: alert,
  status: 201,
});

const actsThatPageNobody = [
  z.object({ act: z.literal('acknowledge') }),
  z.object({ act: z.literal('unacknowledge') }),
  z.object({ act: z.literal('close') }),
  z.object({ act: z.literal('dismiss'), reason: prose(500).optional() }),
  z.object({ act: z.literal('snooze'), ...snooze }),
  z.object({ act: z.literal('note'), body: prose(4_000) }),
] as const;

/** What can be done with many alerts in one call. */
export const bulkAct = z.discriminatedUnion('act', [
  ...actsThatPageNobody,
  z.object({ act: z.literal('reassign'), ...reassign }),
  z.object({ act: z.literal('escalate') }),
]);
export type BulkAct = z.output<typeof bulkAct>;

/** What can be done with alerts that ask as one; not what would page once for each of them. */
export const foldAct = z.discriminatedUnion('act', actsThatPageNobody);
export type FoldAct = z.output<typeof foldAct>;

export const bulkAlertsRoute = defineRoute({
  method: 'post',
  path: '/alerts/bulk',
  permission: 'alerts.act',
  tag,
  summary: 'Do one thing with up to 200 alerts; each has its own outcome, and one refusal stops no other',
  body: z.object({ alertIds: z.array(id('alt')).min(1).max(200), do: bulkAct }),
  response: z.object({
    items: z.array(
      z.object({
        alertId: id('alt'),
        ok: z.boolean(),
        state: alertState.nullable(),
        /** Why not; null when it was done. */
        code: z.string().nullable(),
        message: z.string().nullable(),
      }),
    ),
  }),
});
