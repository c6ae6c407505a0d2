import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { instant, line } from '#kernel/schema.ts';

/**
 * `tls` from the first byte (usually port 465), `starttls` demanded (587), `if-offered` STARTTLS where the server has it,
 * `none` always in the clear (a relay next door).
 */
export const mailSecurity = z.enum(['tls', 'starttls', 'if-offered', 'none']);
export type MailSecurity = z.output<typeof mailSecurity>;

const host = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/, 'expected a host name or an address, without a scheme');

/** `ops@example.com` or `Acme alerts <ops@example.com>`. */
const sender = line(320).regex(
  /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
  'expected an address such as Acme <ops@example.com>',
);

export const mailSettingsInput = z.object({
  host,
  port: z.number().int().min(1).max(65_535),
  security: mailSecurity,
  username: z.string().max(320).optional(),
  /** Absent = keep the stored one. Stored sealed, never shown again. */
  password: z.string().max(1_024).optional(),
  from: sender,
});
export type MailSettingsInput = z.output<typeof mailSettingsInput>;

/** `spare`: tried when the first one fails or is slow. */
export const mailServer = z.enum(['first', 'spare']);
export type MailServer = z.output<typeof mailServer>;

export const spareMailServer = z.object({
  source: z.enum(['screen', 'environment']),
  host: z.string(),
  port: z.number().int(),
  security: mailSecurity,
  username: z.string().nullable(),
  passwordSet: z.boolean(),
  from: z.string(),
});

export const mailSettings = z.object({
  configured: z.boolean(),
  /** Where the settings in force come from; what is set on the screen wins over the environment. */
  source: z.enum(['screen', 'environment', 'none']),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  security: mailSecurity.nullable(),
  username: z.string().nullable(),
  passwordSet: z.boolean(),
  from: z.string().nullable(),
  /** The server that is tried when this one fails or is slow; null = none. */
  spare: spareMailServer.nullable(),
  /** Mails that could not go out because nothing was configured, and how many of them are still worth sending. */
  heldCount: z.number().int(),
  releasableCount: z.number().int(),
  lastSentAt: instant.nullable(),
  /** Which server took it and why not the first one, when it was not the first. */
  lastSentNote: z.string().nullable(),
  /** The newest failure, if it is newer than the newest success. */
  lastFailure: z.object({ at: instant, why: z.string() }).nullable(),
});
export type MailSettingsView = z.output<typeof mailSettings>;

export const mailTestResult = z.object({
  ok: z.boolean(),
  /** One sentence: where it went, or what the server answered. */
  message: z.string(),
  /** What to try next; null when it worked or nothing is known. */
  hint: z.string().nullable(),
  deliveryId: z.string(),
});
export type MailTestResult = z.output<typeof mailTestResult>;

const tag = 'Mail settings';
const permission = 'workspace.manage';

export const readMailSettings = defineRoute({
  method: 'get',
  path: '/mail-settings',
  permission,
  tag,
  summary: 'Read how mail leaves, and what is held',
  response: mailSettings,
});

export const saveMailSettings = defineRoute({
  method: 'put',
  path: '/mail-settings',
  permission,
  tag,
  summary: 'Set the mail server and the sender',
  body: mailSettingsInput,
  response: mailSettings,
});

export const removeMailSettings = defineRoute({
  method: 'delete',
  path: '/mail-settings',
  permission,
  tag,
  summary: 'Forget the settings of the screen; those of the environment, if any, are in force again',
  response: mailSettings,
});

export const saveSpareMailServer = defineRoute({
  method: 'put',
  path: '/mail-settings/spare',
  permission,
  tag,
  summary: 'Set a second mail server, which is tried when the first one fails or is slow',
  body: mailSettingsInput,
  response: mailSettings,
});

export const removeSpareMailServer = defineRoute({
  method: 'delete',
  path: '/mail-settings/spare',
  permission,
  tag,
  summary: 'Forget the second mail server of the screen; that of the environment, if any, is in force again',
  response: mailSettings,
});

export const testMailSettings = defineRoute({
  method: 'post',
  path: '/mail-settings/test',
  permission,
  tag,
  summary: 'Send a test mail now and say what came of it; without an address, to yourself',
  body: z
    .object({
      to: z.email().max(254).optional(),
      /** By this server alone; without it as every mail goes. */
      server: mailServer.optional(),
    })
    .optional(),
  response: mailTestResult,
});

export const releaseHeldMail = defineRoute({
  method: 'post',
  path: '/mail-settings/release',
  permission,
  tag,
  summary: 'Send the held mails that are still current; pages that are over are never sent late',
  response: z.object({ released: z.number().int(), remaining: z.number().int() }),
});
