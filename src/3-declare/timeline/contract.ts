import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery, prose } from '#kernel/schema.ts';

export const visibility = z.enum(['internal', 'public']);
export type Visibility = z.output<typeof visibility>;

/** What kind of thing an entry tells; the first ones change the incident, the others only tell. */
export const ENTRY_TYPES = [
  'declared',
  'accepted',
  'declined',
  'mitigated',
  'resolved',
  'reopened',
  'stood-down',
  'closed',
  'severity',
  'role',
  'alerts',
  'edited',
  'recovery',
  'note',
  'image',
  'correction',
  'page',
  'page-acknowledged',
  'update',
  'task',
  'check',
  'effect',
  'promise',
  'board',
  'postmortem',
  'action-item',
  'system',
] as const;
export const entryType = z.enum(ENTRY_TYPES);
export type EntryType = z.output<typeof entryType>;

/** One line of the append-only timeline. */
export const timelineEntry = z.object({
  id: id('evt'),
  /** Position in the incident, from 1, without gaps. */
  seq: z.number().int(),
  type: entryType,
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
  actorUserId: z.string().nullable(),
  /** The part of Allclear that wrote it, when no person did. */
  actorName: z.string().nullable(),
  channel: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  /** Written down more than two hours after it happened. */
  late: z.boolean(),
  visibility,
  /** The entry that this one corrects. */
  corrects: z.string().nullable(),
});
export type TimelineEntryView = z.output<typeof timelineEntry>;

/** A picture on the timeline. */
export const attachment = z.object({
  id: id('att'),
  incidentId: id('inc'),
  entryId: id('evt'),
  name: z.string(),
  mediaType: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  sizeBytes: z.number().int(),
  /** Path below the origin where the bytes are. */
  href: z.string(),
});
export type AttachmentView = z.output<typeof attachment>;

export const MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024;

const tag = 'Timeline';

export const readTimeline = defineRoute({
  method: 'get',
  path: '/incidents/{id}/timeline',
  permission: 'incidents.read',
  tag,
  summary: 'Read the timeline in the order of writing',
  params: idParams('inc'),
  query: pageQuery.extend({ order: z.enum(['oldest', 'newest']).default('newest') }),
  response: listOf(timelineEntry),
});

export const addNote = defineRoute({
  method: 'post',
  path: '/incidents/{id}/timeline',
  permission: 'incidents.respond',
  tag,
  summary: 'Write down what happened, now or earlier, or correct an entry by a new one',
  params: idParams('inc'),
  body: z.object({
    body: prose(10_000),
    occurredAt: instant.optional(),
    /** The id of an entry that this one corrects; the old one stays readable. */
    corrects: id('evt').optional(),
    visibility: visibility.default('internal'),
  }),
  response: timelineEntry,
  status: 201,
});

export const uploadAttachment = defineRoute({
  method: 'post',
  path: '/incidents/{id}/attachments',
  permission: 'incidents.respond',
  tag,
  summary: 'Put a picture on the timeline: png, jpeg, webp or gif, at most 5 MB',
  params: idParams('inc'),
  body: z.object({
    name: line(200),
    /** The bytes of the picture in base64; what kind it is, they say themselves. */
    base64: z
      .string()
      .min(1, 'must not be empty')
      .max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4, 'is larger than 5 MB'),
    caption: z.string().trim().max(1_000).optional(),
  }),
  bodyLimitBytes: Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4 + 8_192,
  response: attachment,
  status: 201,
});
