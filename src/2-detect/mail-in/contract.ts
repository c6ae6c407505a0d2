import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf } from '#kernel/schema.ts';
import { signalSeverity } from '../alert/contract.ts';

const words = z.array(z.string().trim().min(1, 'must not be empty').max(40)).max(40);

/** What a source of mail takes from a subject. Words of up to three letters must be written just so, others in any case. */
export const mailRule = z.object({
  /** The first of these in a subject says that it is over. */
  resolvedWords: words,
  /** A mail with one of these opens and closes nothing. */
  ignoredWords: words,
  /** When the subject does not say how bad it is. */
  severity: signalSeverity,
});
export type MailRule = z.output<typeof mailRule>;

const sourceMailRule = mailRule.extend({
  alertSourceId: id('src'),
  /** Null = the usual words. */
  changedAt: instant.nullable(),
});

/** Why a mail opened nothing: an automatic reply, a bounce, a mass mailing, or a message of this installation. */
export const ignoredReason = z.enum(['auto-reply', 'bounce', 'bulk', 'ours']);
export type IgnoredReason = z.output<typeof ignoredReason>;

const ignoredMail = z.object({ reason: ignoredReason, count: z.number().int(), lastAt: instant });
export type IgnoredMailView = z.output<typeof ignoredMail>;

const tag = 'Alert sources';

export const readMailRule = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/mail-rule',
  permission: 'alert-sources.read',
  tag,
  summary: 'Read what a source of mail takes from a subject',
  params: idParams('src'),
  response: sourceMailRule,
});

export const saveMailRule = defineRoute({
  method: 'put',
  path: '/alert-sources/{id}/mail-rule',
  permission: 'alert-sources.manage',
  tag,
  summary: 'Say which words in a subject mean resolved or nothing, and how bad the rest is',
  params: idParams('src'),
  body: mailRule,
  response: sourceMailRule,
});

export const listIgnoredMail = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/ignored-mail',
  permission: 'alert-sources.read',
  tag,
  summary: 'Count the mails to a source that no person wrote and that opened nothing, by why',
  params: idParams('src'),
  response: listOf(ignoredMail),
});
