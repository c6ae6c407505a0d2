import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { promiseKind } from '#declare/contract';
import { instant } from '#kernel/schema.ts';

const measured = z.object({
  key: z.string(),
  title: z.string(),
  definition: z.string(),
  medianSeconds: z.number().nullable(),
  p90Seconds: z.number().nullable(),
  /** How many incidents have it, lack a milestone, or have one in the wrong order. */
  measured: z.number().int(),
  missing: z.number().int(),
  invalid: z.number().int(),
});

const promiseCount = z.object({
  kind: promiseKind,
  kept: z.number().int(),
  broken: z.number().int(),
  waived: z.number().int(),
  pending: z.number().int(),
});

/** Answers to written questions over a window; drills, declined and suspected incidents are left out. */
export const insights = z.object({
  from: instant,
  to: instant,
  incidents: z.number().int(),
  falseAlarms: z.number().int(),
  alerts: z.number().int(),
  /** Alerts that became an incident, of all alerts. */
  declaredShare: z.number().nullable(),
  undeclaredOverAnHour: z.number().int(),
  times: z.array(measured),
  severity: z.array(z.object({ severity: z.string(), declared: z.number().int(), final: z.number().int() })),
  sources: z.array(z.object({ source: z.string(), count: z.number().int() })),
  promises: z.array(promiseCount),
  cadenceKept: z.number().nullable(),
  silence: z.object({
    longestSeconds: z.number().nullable(),
    over30m: z.number().int(),
    over60m: z.number().int(),
    over90m: z.number().int(),
    incidents: z.number().int(),
  }),
  impactSeconds: z.number(),
  actionItems: z.object({
    open: z.number().int(),
    overdue: z.number().int(),
    done: z.number().int(),
    waived: z.number().int(),
  }),
  postmortems: z.object({ due: z.number().int(), onTime: z.number().int(), late: z.number().int() }),
  perIncident: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      title: z.string(),
      severity: z.string(),
      declaredAt: instant,
      times: z.record(z.string(), z.number().nullable()),
      longestSilenceSeconds: z.number().nullable(),
    }),
  ),
});
export type Insights = z.output<typeof insights>;

export const readInsightsRoute = defineRoute({
  method: 'get',
  path: '/insights',
  permission: 'insights.read',
  tag: 'Insights',
  summary: 'Read the times of incidents and how many promises were kept',
  query: z.object({ from: instant.optional(), to: instant.optional() }),
  response: insights,
});
