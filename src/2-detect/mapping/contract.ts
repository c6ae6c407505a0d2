import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { signalSeverity } from '../alert/contract.ts';
import { intakeBody } from '../signal/contract.ts';
import { parseTemplate } from './template.ts';

/** Where a field comes from: a path (`$.alert.name`), a template (`{{host}} {{check}}`) or a text in quotes. */
const template = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(500)
  .superRefine((source, context) => {
    const parsed = parseTemplate(source);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message });
  });

const values = z.array(z.string().trim().min(1, 'must not be empty').max(100)).max(50).default([]);

/** How the JSON of another tool becomes a signal. */
export const mapping = z.object({
  /** Whose wording it began with; only for people to read. */
  preset: z.string().max(40).optional(),
  title: template,
  /** What makes two signals the same alert; absent = the title. A payload without it is refused. */
  dedupKey: template.optional(),
  /** Absent = every signal is firing. */
  status: z
    .object({
      from: template,
      /** Compared without regard to case. */
      firing: values,
      resolved: values,
      /** Answered with 202 and kept from alerting: a workflow that has just begun. */
      ignored: values,
      /** For a value that stands in no list. */
      otherwise: z.enum(['firing', 'resolved', 'ignored']).default('firing'),
    })
    .optional(),
  /** Absent = error. */
  severity: z
    .object({
      from: template,
      values: z.record(z.string().trim().min(1, 'must not be empty').max(100), signalSeverity),
      otherwise: signalSeverity.default('error'),
    })
    .refine((severity) => Object.keys(severity.values).length <= 50, 'has more than 50 values')
    .optional(),
  source: template.optional(),
  url: template.optional(),
  labels: z
    .record(z.string().trim().min(1, 'must not be empty').max(200), template)
    .refine((labels) => Object.keys(labels).length <= 30, 'has more than 30 labels')
    .default({}),
});
export type Mapping = z.output<typeof mapping>;
/** A mapping as it is written, defaults left out. */
export type MappingInput = z.input<typeof mapping>;

/** What became of one field; `note` says why it is empty, or what decided it. */
const fieldOutcome = z.object({ field: z.string(), value: z.string().nullable(), note: z.string().nullable() });
export type FieldOutcome = z.output<typeof fieldOutcome>;

const trial = z.object({
  outcome: z.enum(['firing', 'resolved', 'ignored', 'refused']),
  /** One sentence about the whole. */
  message: z.string(),
  fields: z.array(fieldOutcome),
  /** What would be taken in; null when nothing would. */
  signal: intakeBody.omit({ details: true }).nullable(),
});
export type Trial = z.output<typeof trial>;

const payload = z.string().max(256 * 1024);

const sourceMapping = z.object({
  alertSourceId: id('src'),
  /** Null = the source takes our own JSON, as it is. */
  mapping: mapping.nullable(),
  /** The payload that the mapping was last tried on. */
  sample: z.string().nullable(),
  changedAt: instant.nullable(),
  /** A subscription of Amazon SNS that waits for somebody to confirm it, or was confirmed. */
  subscription: z
    .object({
      topicArn: z.string(),
      subscribeUrl: z.string(),
      /** Whether this server would open the address itself: only below amazonaws.com. */
      openable: z.boolean(),
      askedAt: instant,
      confirmedAt: instant.nullable(),
    })
    .nullable(),
});
export type SourceMapping = z.output<typeof sourceMapping>;

const tag = 'Alert sources';

export const readMapping = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/mapping',
  permission: 'alert-sources.read',
  tag,
  summary: 'Read how an alert source understands what is sent to it',
  params: idParams('src'),
  response: sourceMapping,
});

export const tryMapping = defineRoute({
  method: 'post',
  path: '/alert-sources/{id}/mapping/try',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Try a mapping on a payload: what each field would become, or why not; nothing is stored',
  params: idParams('src'),
  body: z.object({ mapping, payload }),
  response: trial,
});

export const saveMapping = defineRoute({
  method: 'put',
  path: '/alert-sources/{id}/mapping',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Save a mapping that can read the payload given with it; null takes our own JSON again',
  params: idParams('src'),
  body: z.object({ mapping: mapping.nullable(), payload: payload.optional() }),
  response: sourceMapping,
});

export const confirmSubscriptionRoute = defineRoute({
  method: 'post',
  path: '/alert-sources/{id}/subscription/confirm',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Confirm the subscription that Amazon SNS asked for, by opening its address',
  params: idParams('src'),
  response: sourceMapping,
});

/** A message that was answered with 400. */
const refusedSignal = z.object({
  id: id('ref'),
  receivedAt: instant,
  message: z.string(),
  payload: z.string(),
});

export const listRefused = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/refused',
  permission: 'alert-sources.read',
  tag,
  summary: 'List what an alert source refused lately and why, newest first: the latest 20',
  params: idParams('src'),
  query: pageQuery,
  response: listOf(refusedSignal),
});
