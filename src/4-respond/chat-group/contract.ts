import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant } from '#kernel/schema.ts';

/** The chats with groups that people can mention and a bot can fill. */
export const chatGroupKind = z.enum(['slack', 'mattermost', 'discord']);
export type ChatGroupKind = z.output<typeof chatGroupKind>;

/** How each chat calls a group. */
const GROUP_IDS: Readonly<Record<ChatGroupKind, { readonly pattern: RegExp; readonly expected: string }>> = {
  slack: { pattern: /^S[A-Z0-9]{2,30}$/, expected: 'expected the id of a user group, which begins with S' },
  mattermost: {
    pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
    expected: 'expected what is written to mention the group: small letters, digits, dots, dashes',
  },
  discord: {
    pattern: /^\d{15,20}\/(?!0)\d{15,20}$/,
    expected: 'expected the ids of server and role, with a slash between them',
  },
};

/** A group in a chat, whose members are whoever is on call by a schedule. */
export const chatGroup = z.object({
  scheduleId: id('sch'),
  kind: chatGroupKind,
  /** As the chat calls it: `S0615G0KT` in Slack, `oncall` in Mattermost, `SERVER/ROLE` in Discord. */
  groupId: z.string(),
  /** What people write to mention it, without the @; null until the chat has said it. */
  handle: z.string().nullable(),
  /** Who was put into it last. */
  userIds: z.array(id('usr')),
  /** When; null before the first time. */
  setAt: instant.nullable(),
  /** Who is on call and not in it, since the chat does not know them. */
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
  summary: 'The group of a chat that follows a schedule, who is in it, and what keeps it from following',
  params,
  response: answer,
});

export const saveChatGroup = defineRoute({
  method: 'put',
  path: '/schedules/{id}/chat-group',
  permission: 'schedules.manage',
  tag,
  summary:
    'Let a group of Slack, Mattermost or Discord follow a schedule; with null none does, and the group stays as it is',
  params,
  body: z
    .object({
      kind: chatGroupKind.default('slack'),
      /** A user group's id in Slack, its mention in Mattermost, the ids of server and role in Discord (`SERVER/ROLE`). */
      groupId: z
        .string()
        .trim()
        .max(64)
        .transform((text) => text.replace(/^@/, ''))
        .nullable(),
    })
    .superRefine(({ kind, groupId }, ctx) => {
      const { pattern, expected } = GROUP_IDS[kind];
      if (groupId !== null && !pattern.test(groupId))
        ctx.addIssue({ code: 'custom', path: ['groupId'], message: expected });
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
