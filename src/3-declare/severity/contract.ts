import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { instant, line, prose, seconds } from '#kernel/schema.ts';

export const severity = z.enum(['SEV1', 'SEV2', 'SEV3', 'SEV4']);
export type Severity = z.output<typeof severity>;

const HOUR = 3_600;

/** When the first public update is asked for, warned about and broken; counted from detection. */
export const firstUpdateSeconds = z
  .object({ prompt: seconds(30, 24 * HOUR), warn: seconds(30, 24 * HOUR), due: seconds(60, 24 * HOUR) })
  .refine((s) => s.prompt <= s.warn && s.warn <= s.due, 'expected prompt ≤ warn ≤ due');

/** How soon each update promises the next one, and how long before that its author is asked. */
export const updateEverySeconds = z
  .object({ promise: seconds(60, 24 * HOUR), promptBefore: seconds(0, 24 * HOUR) })
  .refine((s) => s.promptBefore < s.promise, 'expected promptBefore < promise');

export const severityLevel = z.object({
  severity,
  /** A short name in words, "Critical". */
  name: line(60),
  /** When to choose it; shown wherever a severity is chosen. */
  criteria: prose(1_000),
  /** `business-hours` holds the page until they begin; `none` pages nobody. */
  page: z.enum(['now', 'business-hours', 'none']),
  /** Tell everybody who responds, not only who is on call. */
  allHands: z.boolean(),
  /** null = no public clocks at this level. */
  firstUpdateSeconds: firstUpdateSeconds.nullable(),
  updateEverySeconds: updateEverySeconds.nullable(),
  /** Public clocks run only inside business hours. */
  clocksStopOutsideHours: z.boolean(),
  /** A postmortem is owed. */
  postmortemRequired: z.boolean(),
});
export type SeverityLevel = z.output<typeof severityLevel>;

export const severityPolicy = z.object({
  version: z.number().int(),
  /** Gravest first. */
  levels: z.array(severityLevel),
  /** Given when nobody chose one. */
  defaultSeverity: severity,
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
});
export type SeverityPolicyView = z.output<typeof severityPolicy>;

const tag = 'Severity policy';

export const readSeverityPolicyRoute = defineRoute({
  method: 'get',
  path: '/severity-policy',
  permission: 'policies.read',
  tag,
  summary: 'Read the severity policy: criteria, paging and clocks per level',
  response: severityPolicy,
});

export const changeSeverityPolicy = defineRoute({
  method: 'put',
  path: '/severity-policy',
  permission: 'policies.manage',
  tag,
  summary: 'Replace the severity policy; open incidents keep the version they were declared with',
  body: z.object({
    levels: z
      .array(severityLevel)
      .length(4)
      .refine(
        (levels) => levels.every((l, i) => l.severity === `SEV${i + 1}`),
        'expected SEV1, SEV2, SEV3 and SEV4 in this order',
      ),
    defaultSeverity: severity.default('SEV3'),
  }),
  response: severityPolicy,
});
