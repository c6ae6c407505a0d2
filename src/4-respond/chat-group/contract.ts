import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant } from '#kernel/schema.ts';

/** A user group in Slack, whose members are whoever is on call by a schedule. */
export const chatGroup = z.object({
  scheduleId: id('sch'),
  /** As Slack calls it: `S0615G0KT`. */
  groupId: z.string(),
  /** What people write to mention it, without the @; null until Slack has said it. */
  handle: z.string().nullable(),
  /** Who was put into it last. */
  userIds: z.array(id('usr')),
  /** When; null before the first time. */
  setAt: instant.nullable(),
  /** Who is on call and not in it, since they have no verified Slack. */
  missingUserIds: z.array(id('usr')),
  /** Why it was left as it was, in one sentence: Slack takes no empty group. Null when it was set. */
  kept: z.string().nullable(),
  /** What kept it from being set at the last try; null when nothing did. */
  problem: z.string().nullable(),
  /** When it is tried again; null when nothing keeps it. */
  nextTryAt: instant.nullable(),
});
export type ChatGroupView = z.output<typeof chatGroup>;

const tag = 'Schedules';
const params = idParams('sch');
const answer = z.object({ group: chatGroup.nullable() });

export const readChatGroup = defineRoute({
  method: 'get',
  path: '/schedules/{id}/chat-group',
  permission: 'schedules.read',
  tag,
  summary: 'The Slack user group that follows a schedule, who is in it, and what keeps it from following',
  params,
  response: answer,
});

export const saveChatGroup = defineRoute({
  method: 'put',
  path: '/schedules/{id}/chat-group',
  permission: 'schedules.manage',
  tag,
  summary: 'Let a Slack user group follow a schedule; with null none does, and the group stays as it is',
  params,
  body: z.object({
    groupId: z
      .string()
      .trim()
      .regex(/^S[A-Z0-9]{2,30}$/, 'expected the id of a user group, which begins with S')
      .nullable(),
  }),
  response: answer,
});

export const setChatGroupRoute = defineRoute({
  method: 'post',
  path: '/schedules/{id}/chat-group/set',
  permission: 'schedules.manage',
  tag,
  summary: 'Set the group’s members now, and say what came of it',
  params,
  response: answer,
});
