import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { severity } from '#declare/contract';
import { id, idParams, instant, line, listOf, pageQuery, prose, seconds } from '#kernel/schema.ts';
import { componentStatus, saidStatus } from '../component/contract.ts';

/** Where the public is told we are. */
export const updateStatus = z.enum(['investigating', 'identified', 'monitoring', 'resolved']);
export type UpdateStatus = z.output<typeof updateStatus>;

/** A public sentence with a status. */
export const update = z.object({
  id: id('upd'),
  incidentId: id('inc'),
  /** The name of the incident on the page. */
  title: z.string(),
  status: updateStatus,
  body: z.string(),
  components: z.array(z.object({ id: id('cmp'), name: z.string(), from: componentStatus, to: componentStatus })),
  postedAt: instant,
  postedBy: z.string().nullable(),
  /** The promise that it made; null for the final one. */
  nextUpdateBy: instant.nullable(),
  /** Subscribers are told. */
  notify: z.boolean(),
  /** Part of a drill: kept with the incident, never public, nobody is told. */
  drill: z.boolean(),
  /** Pages on which it stands. */
  statusPageIds: z.array(id('spg')),
});
export type UpdateView = z.output<typeof update>;

export const MAX_NEXT_UPDATE_SECONDS = 4 * 3_600;

const componentChanges = z.array(z.object({ id: id('cmp'), status: saidStatus })).max(200);

const newUpdate = z.object({
  status: updateStatus,
  /** Markdown, for customers. */
  body: prose(10_000),
  /** The public name of the incident; absent = what it was, at first the incident's title. */
  title: line(200).optional(),
  /** Absent = every published page of the workspace, and no component changes. */
  components: componentChanges.optional(),
  /** When the next one is promised, from now; absent = what the severity asks for. Not for `resolved`. */
  nextUpdateInSeconds: seconds(60, MAX_NEXT_UPDATE_SECONDS).optional(),
  /** Tell subscribers; default true. */
  notify: z.boolean().optional(),
});

const tag = 'Updates';

export const postUpdateRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/updates',
  permission: 'updates.publish',
  tag,
  summary: 'Say it in public: page, feeds and subscribers, with components and the next promise, in one act',
  params: idParams('inc'),
  body: newUpdate,
  response: update,
  status: 201,
});

export const listIncidentUpdates = defineRoute({
  method: 'get',
  path: '/incidents/{id}/updates',
  permission: 'incidents.read',
  tag,
  summary: 'List the public updates of an incident, newest first',
  params: idParams('inc'),
  query: pageQuery,
  response: listOf(update),
});

/** Something in a draft that a reader should not meet; a note, never a refusal. */
export const finding = z.object({
  rule: z.enum(['cause-guess', 'time-estimate', 'blame', 'jargon', 'no-impact']),
  /** The words that it is about. */
  excerpt: z.string(),
  message: z.string(),
});

export const updateDraft = z.object({
  status: updateStatus,
  title: z.string(),
  body: z.string(),
  components: z.array(z.object({ id: id('cmp'), name: z.string(), from: componentStatus, to: saidStatus })),
  /** Null for the final update. */
  nextUpdateInSeconds: z.number().int().nullable(),
  nextUpdateBy: instant.nullable(),
  findings: z.array(finding),
  /** Where it would stand. */
  statusPages: z.array(z.object({ id: id('spg'), name: z.string(), url: z.string(), timeZone: z.string() })),
  /** How many would be told. */
  subscriberCount: z.number().int(),
  lastUpdateAt: instant.nullable(),
});
export type UpdateDraftView = z.output<typeof updateDraft>;

export const readUpdateDraft = defineRoute({
  method: 'get',
  path: '/incidents/{id}/update-draft',
  permission: 'incidents.read',
  tag,
  summary: 'Read the shipped wording for the next update, filled in',
  params: idParams('inc'),
  query: z.object({
    /** Absent = investigating at first, then a holding update in the last status. */
    status: updateStatus.optional(),
  }),
  response: updateDraft,
});

export const previewUpdate = defineRoute({
  method: 'post',
  path: '/incidents/{id}/update-preview',
  permission: 'updates.publish',
  tag,
  summary: 'See the public page as it would be, and what the draft should not say; nothing is published',
  params: idParams('inc'),
  body: newUpdate,
  response: z.object({ html: z.string(), findings: z.array(finding) }),
});

/** Shipped wording with its variables in angle brackets. */
export const template = z.object({
  id: z.string(),
  name: z.string(),
  status: updateStatus,
  severities: z.array(severity),
  body: z.string(),
});
export type TemplateView = z.output<typeof template>;

export const listTemplates = defineRoute({
  method: 'get',
  path: '/templates',
  permission: 'policies.read',
  tag,
  summary: 'List the shipped wording of public updates',
  response: z.object({ items: z.array(template), nextCursor: z.null() }),
});
