import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';
import { contactTestResult } from '../contact-method/contract.ts';

/** Ways that lead to a place and not to a person. */
export const noticeChannelKind = z.enum([
  'slack',
  'teams',
  'mattermost',
  'discord',
  'telegram',
  'webhook',
  'email',
  'ntfy',
]);
export type NoticeChannelKind = z.output<typeof noticeChannelKind>;

/** A place that a team reads: it is told what begins, what is still open and what is over, and pages nobody. */
export const noticeChannel = z.object({
  id: id('nch'),
  name: z.string(),
  kind: noticeChannelKind,
  address: z.string(),
  /** Of these services only; empty = of everything that pages. */
  serviceIds: z.array(z.string()),
  /** How often it hears that something is still open; null = never. */
  stillEverySeconds: z.number().int().nullable(),
  /** Hears only what escalation steps send there, and not what begins, is open and is over. */
  onlyPages: z.boolean(),
  /** Why a message would not arrive now; null when it would. */
  problem: z.string().nullable(),
  createdAt: instant,
});
export type NoticeChannelView = z.output<typeof noticeChannel>;

const fields = {
  name: line(120),
  serviceIds: z.array(id('svc')).max(100),
  stillEverySeconds: seconds(300, 86_400).nullable(),
  onlyPages: z.boolean(),
};

const tag = 'Notice channels';
const permission = 'workspace.manage';

export const listNoticeChannels = defineRoute({
  method: 'get',
  path: '/notice-channels',
  permission,
  tag,
  summary: 'Places that are told what begins and ends',
  query: pageQuery,
  response: listOf(noticeChannel),
});

/** What a step of an escalation policy may name; everybody who reads policies reads it, and no address. */
export const pageChannel = noticeChannel.pick({ id: true, name: true, kind: true, problem: true });

export const listPageChannels = defineRoute({
  method: 'get',
  path: '/page-channels',
  permission: 'policies.read',
  tag,
  summary: 'Places that escalation steps can name, without their addresses',
  query: pageQuery,
  response: listOf(pageChannel),
});

export const createNoticeChannel = defineRoute({
  method: 'post',
  path: '/notice-channels',
  permission,
  tag,
  summary: 'Add a place that is told what begins and ends',
  body: z.object({
    name: fields.name,
    kind: noticeChannelKind,
    /**
     * The id of a channel in Slack (C024BE7LH), Mattermost or Discord, or of a chat in Telegram (-1001234567890); the URL
     * of a workflow in Microsoft Teams, a webhook or an ntfy topic; the mail address of a list.
     */
    address: line(2_048),
    /** ntfy only: an access token, for a topic that needs one. */
    accessToken: line(256).optional(),
    serviceIds: fields.serviceIds.default([]),
    stillEverySeconds: fields.stillEverySeconds.default(1_800),
    onlyPages: fields.onlyPages.default(false),
  }),
  response: noticeChannel.extend({
    /** Webhook only, shown once: what its messages are signed with. */
    signingSecret: z.string().nullable(),
  }),
  status: 201,
});

export const changeNoticeChannel = defineRoute({
  method: 'patch',
  path: '/notice-channels/{id}',
  permission,
  tag,
  summary: 'Change what a place is told',
  params: idParams('nch'),
  body: z.object(fields).partial(),
  response: noticeChannel,
});

export const deleteNoticeChannel = defineRoute({
  method: 'delete',
  path: '/notice-channels/{id}',
  permission,
  tag,
  summary: 'Tell a place nothing more; refused while an escalation policy names it',
  params: idParams('nch'),
});

export const testNoticeChannel = defineRoute({
  method: 'post',
  path: '/notice-channels/{id}/test',
  permission,
  tag,
  summary: 'Send a test message there now',
  params: idParams('nch'),
  response: contactTestResult,
});
