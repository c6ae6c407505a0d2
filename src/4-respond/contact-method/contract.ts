import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { channelKind } from '#delivery/contract';
import { id, idParams, instant, line, listOf, pageQuery, seconds } from '#kernel/schema.ts';

export const urgency = z.enum(['high', 'low']);
export type Urgency = z.output<typeof urgency>;

export const contactMethodState = z.enum(['unverified', 'verified']);

/** One way to reach one person. It is used only after the person has proved that messages arrive. */
export const contactMethod = z.object({
  id: id('cmt'),
  userId: id('usr'),
  kind: channelKind,
  address: z.string(),
  label: z.string().nullable(),
  verifiedAt: instant.nullable(),
  /** When the last test or code was sent. */
  testedAt: instant.nullable(),
  /** Why a page by this method would not arrive now (mail is not configured, not verified); null when it would. */
  problem: z.string().nullable(),
  /** When its channel said that the address exists no more; it is not used from then on. */
  lostAt: instant.nullable(),
  /** Telegram only, to its owner, until it works: the link behind which Start has to be pressed. */
  startUrl: z.string().nullable(),
  createdAt: instant,
});
export type ContactMethodView = z.output<typeof contactMethod>;

export const CONTACT_METHOD_LIMITS = {
  perUser: 10,
  rulesPerUrgency: 10,
  codeMinutes: 30,
  codeTries: 6,
  testsPerHour: 20,
} as const;

const base64Url = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`), 'expected base64url');

/** What a message to a browser is encrypted with (RFC 8291): its public key, 65 bytes, and its secret, 16 bytes. */
const pushKeys = z.object({ p256dh: base64Url(87), auth: base64Url(22) });
export type PushKeys = z.output<typeof pushKeys>;

const tag = 'Contact methods';
const permission = 'self.manage';

export const listContactMethods = defineRoute({
  method: 'get',
  path: '/contact-methods',
  permission: 'workspace.read',
  tag,
  summary: 'List your own contact methods; admins may ask for another person',
  query: pageQuery.extend({ userId: id('usr').optional() }),
  response: listOf(contactMethod),
});

export const createContactMethod = defineRoute({
  method: 'post',
  path: '/contact-methods',
  permission,
  tag,
  summary: 'Add a way to reach you; a code is sent there at once',
  body: z.object({
    kind: channelKind,
    /**
     * A mail address, a webhook URL, the URL of an ntfy topic (https://ntfy.sh/my-topic), or the endpoint of a browser's
     * push subscription, a Slack member id or the mail address in Slack, a user name or mail address
     * in Mattermost, a user id in Discord, the URL of a workflow in Microsoft Teams, a Pushover user key, a telephone
     * number with its country code for `sms` and `voice`. Telegram needs none: the
     * answer's `startUrl` tells it.
     */
    address: line(2_048).optional(),
    label: line(80).optional(),
    /** ntfy only: an access token, for a topic that needs one. */
    accessToken: line(256).optional(),
    /** Web push only: the keys of the browser's subscription, as its `toJSON()` names them. */
    pushKeys: pushKeys.optional(),
  }),
  response: contactMethod.extend({
    /** Webhook only, shown once: what its messages are signed with. */
    signingSecret: z.string().nullable(),
  }),
  status: 201,
});

export const deleteContactMethod = defineRoute({
  method: 'delete',
  path: '/contact-methods/{id}',
  permission,
  tag,
  summary: 'Remove a contact method with its rules',
  params: idParams('cmt'),
});

export const contactTestResult = z.object({
  deliveryId: z.string(),
  ok: z.boolean(),
  /** One sentence: where it went, or why it did not. */
  message: z.string(),
});

export const testContactMethod = defineRoute({
  method: 'post',
  path: '/contact-methods/{id}/test',
  permission,
  tag,
  summary: 'Send a test message now; to an unverified method it carries a new code',
  params: idParams('cmt'),
  response: contactTestResult,
});

export const verifyContactMethod = defineRoute({
  method: 'post',
  path: '/contact-methods/{id}/verify',
  permission,
  tag,
  summary: 'Enter the code that arrived; pages use the method from now on',
  params: idParams('cmt'),
  body: z.object({ code: line(16) }),
  response: contactMethod,
});

export const rotateSigningSecret = defineRoute({
  method: 'post',
  path: '/contact-methods/{id}/rotate-secret',
  permission,
  tag,
  summary: 'Make a new signing secret for a webhook; for a day messages carry both signatures',
  params: idParams('cmt'),
  response: z.object({ signingSecret: z.string() }),
});

/** When and by what one person is told, per urgency; each of a method's rules is a message of its own. */
export const notificationRule = z.object({
  id: id('rul'),
  userId: id('usr'),
  contactMethodId: id('cmt'),
  urgency,
  /** After this long without an acknowledgement. 0 = at once. */
  delaySeconds: z.number().int(),
});
export type NotificationRuleView = z.output<typeof notificationRule>;

export const listNotificationRules = defineRoute({
  method: 'get',
  path: '/notification-rules',
  permission: 'workspace.read',
  tag,
  summary: 'List your own notification rules, or those of another person',
  query: pageQuery.extend({ userId: id('usr').optional() }),
  response: listOf(notificationRule),
});

export const createNotificationRule = defineRoute({
  method: 'post',
  path: '/notification-rules',
  permission,
  tag,
  summary:
    'Add a notification rule; a method may have several for an urgency, such as a call at once, after 3 and after 6 minutes',
  body: z.object({ contactMethodId: id('cmt'), urgency, delaySeconds: seconds(0, 3_600).default(0) }),
  response: notificationRule,
  status: 201,
});

export const changeNotificationRule = defineRoute({
  method: 'patch',
  path: '/notification-rules/{id}',
  permission,
  tag,
  summary: 'Change the delay of a rule',
  params: idParams('rul'),
  body: z.object({ delaySeconds: seconds(0, 3_600) }),
  response: notificationRule,
});

export const deleteNotificationRule = defineRoute({
  method: 'delete',
  path: '/notification-rules/{id}',
  permission,
  tag,
  summary: 'Remove a notification rule',
  params: idParams('rul'),
});
