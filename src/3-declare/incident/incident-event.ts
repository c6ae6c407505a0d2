import { z } from 'zod';
import { instant } from '#kernel/schema.ts';
import { incidentRole } from '../role/contract.ts';
import { severity } from '../severity/contract.ts';
import type { TimelineEntry } from '../timeline/entry.ts';
import { incidentKind } from './contract.ts';

/** The facts of each event that changes an incident, as they are stored. Times are ISO strings. */
const FACTS = {
  declared: z.object({
    number: z.number().int(),
    title: z.string(),
    severity,
    severityConfirmed: z.boolean(),
    severityPolicyVersion: z.number().int(),
    kind: incidentKind,
    automatic: z.boolean(),
    suspected: z.boolean(),
    customerFacing: z.boolean(),
    serviceIds: z.array(z.string()),
    alertIds: z.array(z.string()),
    impactStartedAt: instant,
    detectedAt: instant,
  }),
  accepted: z.object({
    title: z.string(),
    severity,
    severityConfirmed: z.boolean(),
    customerFacing: z.boolean(),
  }),
  declined: z.object({ reason: z.string().nullable() }),
  mitigated: z.object({}),
  resolved: z.object({
    automatic: z.boolean(),
    /** What was impaired and confirmed, in words. */
    confirmedImpaired: z.array(z.string()),
    skipPostReason: z.string().nullable(),
  }),
  reopened: z.object({ reason: z.string() }),
  'stood-down': z.object({ postmortemOwnerId: z.string().nullable() }),
  closed: z.object({}),
  severity: z.object({ from: severity, to: severity, reason: z.string() }),
  role: z.object({ role: incidentRole, userId: z.string().nullable(), previousUserId: z.string().nullable() }),
  alerts: z.object({
    alertIds: z.array(z.string()),
    serviceIds: z.array(z.string()),
    /** Said when one of them was seen before the incident was detected. */
    detectedAt: instant.optional(),
    impactStartedAt: instant.optional(),
  }),
  edited: z.object({
    title: z.string(),
    customerFacing: z.boolean(),
    serviceIds: z.array(z.string()),
    impactStartedAt: instant,
  }),
  recovery: z.object({}),
} as const;

type ChangingType = keyof typeof FACTS;
export type Facts<Type extends ChangingType> = z.output<(typeof FACTS)[Type]>;

/** An event that changes an incident, before it has its place in the timeline. */
export type IncidentChange = {
  [Type in ChangingType]: { readonly type: Type; readonly data: Facts<Type>; readonly text: string };
}[ChangingType];

/** The change that a stored entry holds, or null for one that only tells. Throws when stored facts do not fit. */
export function changeOf(entry: Pick<TimelineEntry, 'type' | 'data' | 'text'>): IncidentChange | null {
  if (!(entry.type in FACTS)) return null;
  const type = entry.type as ChangingType;
  return { type, data: FACTS[type].parse(entry.data), text: entry.text } as IncidentChange;
}
