import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, instant, line, seconds } from '#kernel/schema.ts';
import { alertOrigin, alertUrgency, signalSeverity } from '../alert/contract.ts';
import { conditions } from './condition-contract.ts';

/** What happens with an alert that a route takes; null = as it would be without the route. */
export const routeOutcome = z.object({
  serviceId: id('svc').nullable().default(null),
  urgency: alertUrgency.nullable().default(null),
  policyId: id('epo').nullable().default(null),
  /** Asks nobody, now or later; the alert stays visible. */
  suppress: z.boolean().default(false),
  /** Waits so long before it asks anybody, and vanishes when it is over by then. */
  holdSeconds: seconds(30, 3_600).nullable().default(null),
  /** Alerts that it takes, and that have the same of all of these, ask as one while they come within the window. */
  group: z
    .object({
      by: z.array(z.string().regex(/^(service|label:.{1,200})$/, 'expected service, or label:name')).max(5),
      windowSeconds: seconds(60, 86_400),
    })
    .nullable()
    .default(null),
  /** Declares an incident by itself, or a suspected one. */
  declare: z
    .object({
      state: z.enum(['suspected', 'active']),
      severity: z.enum(['SEV1', 'SEV2', 'SEV3', 'SEV4']).nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type RouteOutcome = z.output<typeof routeOutcome>;

const routeBody = {
  name: line(120),
  enabled: z.boolean().default(true),
  match: conditions,
  outcome: routeOutcome,
};

export const alertRoute = z.object({ id: id('rte'), ...routeBody });
export type AlertRouteView = z.output<typeof alertRoute>;

/** Where alerts go that no route takes and that have no service; and the clock of all that page nobody at once. */
export const catchAll = z.object({
  /** The escalation policy that owns them; null = the workspace's default. */
  policyId: id('epo').nullable(),
  /**
   * Warnings, which page nobody at once, are paged for quietly when nobody has looked at them for so long: those of a
   * service too, and those of a route that says no urgency. Never `info`, which is only to know.
   */
  clockSeconds: seconds(300, 7 * 86_400),
});
export type CatchAll = z.output<typeof catchAll>;

/** Ordered rules: the first one that matches decides. */
export const routing = z.object({
  version: z.number().int(),
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
  routes: z.array(alertRoute),
  catchAll,
});
export type RoutingView = z.output<typeof routing>;

const routesDraft = z.array(z.object({ id: id('rte').optional(), ...routeBody })).max(100);

const tag = 'Routes';

export const readRouting = defineRoute({
  method: 'get',
  path: '/routes',
  permission: 'routes.read',
  tag,
  summary: 'The ordered rules that decide about each new alert, and the catch-all behind them',
  response: routing,
});

export const saveRouting = defineRoute({
  method: 'put',
  path: '/routes',
  permission: 'routes.manage',
  tag,
  summary: 'Change the rules as a whole; a rule that can never match is refused with the reason',
  body: z.object({
    /** The version that was read; refused when somebody has changed the rules since. */
    version: z.int().min(0),
    routes: routesDraft,
    catchAll,
  }),
  response: routing,
});

/** What was asked, whether it was so, and what was there instead. */
export const conditionTrace = z.object({ text: z.string(), holds: z.boolean(), found: z.string() });

export const routeTrace = z.object({
  routeId: z.string(),
  name: z.string(),
  /** `passed`: an earlier one had decided. */
  outcome: z.enum(['decides', 'no-match', 'passed', 'off']),
  conditions: z.array(conditionTrace),
});
export type RouteTraceView = z.output<typeof routeTrace>;

export const routeTrial = z.object({
  title: z.string(),
  severity: signalSeverity,
  origin: alertOrigin,
  labels: z.record(z.string(), z.string()),
  /** Null when the catch-all, or the service's own escalation policy, decides. */
  routeId: z.string().nullable(),
  /** What would happen, in sentences. */
  outcome: z.array(z.string()),
  routes: z.array(routeTrace),
});
export type RouteTrialView = z.output<typeof routeTrial>;

export const tryRouting = defineRoute({
  method: 'post',
  path: '/routes/test',
  permission: 'routes.read',
  tag,
  summary:
    'What the rules would do with an alert, or with a payload: each rule, whether it matches, and why. Stores nothing',
  body: z.object({
    /** An alert that is there; or a payload, as a source would send it. */
    alertId: id('alt').optional(),
    payload: z.string().max(262_144).optional(),
    /** The source whose format and service the payload has; absent = our own JSON. */
    sourceId: id('src').optional(),
    /** When it would come; absent = now. */
    at: instant.optional(),
    /** Rules that are not saved yet; absent = those in use. */
    routes: routesDraft.optional(),
  }),
  response: z.object({ items: z.array(routeTrial) }),
});
