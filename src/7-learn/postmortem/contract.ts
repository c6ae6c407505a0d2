import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery, prose } from '#kernel/schema.ts';
import { SECTION_KEYS } from './section.ts';

export const postmortemState = z.enum(['draft', 'in-review', 'approved', 'published']);
export type PostmortemState = z.output<typeof postmortemState>;

/** A number of the record with the place where it comes from; `value` is null when the record does not know. */
export const fact = z.object({
  key: z.string(),
  label: z.string(),
  /** For people: `4 m 12 s`, `2 of 3`, `unknown: no public update was posted`. */
  text: z.string(),
  seconds: z.number().nullable(),
  known: z.boolean(),
  /** A path of the dashboard that shows the evidence. */
  evidence: z.string().nullable(),
});
export type Fact = z.output<typeof fact>;

const sectionKey = z.enum(SECTION_KEYS as [string, ...string[]]);
const sections = z.record(sectionKey, z.string());

export const postmortemSummary = z.object({
  id: id('pmt'),
  incidentId: id('inc'),
  incidentReference: z.string(),
  incidentTitle: z.string(),
  severity: z.string(),
  drill: z.boolean(),
  state: postmortemState,
  ownerId: z.string().nullable(),
  dueAt: instant,
  openActionItems: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
  publishedAt: instant.nullable(),
  publicAt: instant.nullable(),
});

export const postmortem = postmortemSummary.extend({
  version: z.number().int(),
  sections,
  /** Live until the postmortem is approved, then as they were. */
  facts: z.array(fact),
  missingSections: z.array(z.string()),
  /** A redacted copy for the status page is expected: customers felt it. */
  publicExpected: z.boolean(),
  publicBody: z.string().nullable(),
  publicDeclinedReason: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
});

const tag = 'Postmortems';
const reads = { permission: 'postmortems.read', tag } as const;
const writes = { permission: 'postmortems.write', tag, response: postmortem } as const;

export const listPostmortemsRoute = defineRoute({
  ...reads,
  method: 'get',
  path: '/postmortems',
  summary: 'List postmortems, newest first',
  query: pageQuery.extend({ state: postmortemState.optional(), search: z.string().max(200).optional() }),
  response: listOf(postmortemSummary),
});

export const readPostmortemRoute = defineRoute({
  ...reads,
  method: 'get',
  path: '/postmortems/{id}',
  summary: 'Read a postmortem with its facts',
  params: idParams('pmt'),
  response: postmortem,
});

export const readIncidentPostmortem = defineRoute({
  ...reads,
  method: 'get',
  path: '/incidents/{id}/postmortem',
  summary: 'Read the postmortem of an incident',
  params: idParams('inc'),
  response: postmortem,
});

export const startPostmortemRoute = defineRoute({
  ...writes,
  method: 'post',
  path: '/incidents/{id}/postmortem',
  summary: 'Draft the postmortem of a resolved incident, where the policy did not ask for one',
  params: idParams('inc'),
  status: 201,
});

export const editPostmortemRoute = defineRoute({
  ...writes,
  method: 'patch',
  path: '/postmortems/{id}',
  summary: 'Write sections, name the owner, prepare the public copy',
  description:
    'Send the `version` that you read. Another version is refused with 409, so that nobody overwrites what they did not see; every saved text is kept.',
  params: idParams('pmt'),
  body: z.object({
    version: z.number().int(),
    sections: z.partialRecord(sectionKey, z.string().max(100_000)).optional(),
    ownerId: id('usr').nullable().optional(),
    publicBody: prose(50_000).nullable().optional(),
  }),
  bodyLimitBytes: 1024 * 1024,
});

export const reviewPostmortemRoute = defineRoute({
  ...writes,
  method: 'post',
  path: '/postmortems/{id}/review',
  summary: 'Hand a draft in for review',
  params: idParams('pmt'),
});

export const approvePostmortemRoute = defineRoute({
  ...writes,
  method: 'post',
  path: '/postmortems/{id}/approve',
  summary: 'Approve a reviewed postmortem; its facts freeze. Somebody who is alone may approve their own',
  params: idParams('pmt'),
});

export const publishPostmortemRoute = defineRoute({
  ...writes,
  method: 'post',
  path: '/postmortems/{id}/publish',
  summary: 'Publish inside and, as an edited copy, on the status page',
  params: idParams('pmt'),
  body: z
    .object({
      /** The edited copy; absent = the one saved before. */
      publicBody: prose(50_000).optional(),
      /** Why there is no public copy of an incident that customers felt. */
      publicDeclinedReason: line(500).optional(),
    })
    .optional(),
});

export const exportPostmortem = defineRoute({
  ...reads,
  method: 'get',
  path: '/postmortems/{id}/markdown',
  summary: 'Read the postmortem as one Markdown document',
  params: idParams('pmt'),
  response: z.object({ markdown: z.string() }),
});
