import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError, type FieldError } from '#kernel/errors.ts';

const ROLES = ['web', 'worker', 'scheduler', 'probe'] as const;
export type Role = (typeof ROLES)[number];

/** Where mail for alert sources is taken in. */
export type MailIn = {
  readonly host: string;
  readonly port: number;
  /** What stands behind the @ of its addresses. */
  readonly domain: string;
  /** Whether mail servers anywhere reach it, so that they can tell which pages by mail did not arrive. */
  readonly bounces: boolean;
  /** PEM files; absent = without encryption. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
};

/** Everything the environment says, checked once at the start. Defaults are for one person on one machine. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash; stands in links of mails and feeds. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Absent = embedded PostgreSQL below the data directory. */
  readonly databaseUrl: string | undefined;
  readonly roles: ReadonlySet<Role>;
  readonly secretKey: string | undefined;
  readonly smtpUrl: string | undefined;
  /** Tried when the first one fails or is slow. */
  readonly smtpSpareUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** Absent = no mail is taken in. */
  readonly mailIn: MailIn | undefined;
  /** Where each service's API is; another one than the vendor's for a relay or a test. Without a trailing slash. */
  readonly slackUrl: string;
  readonly discordUrl: string;
  readonly telegramUrl: string;
  readonly pushoverUrl: string;
  readonly twilioUrl: string;
  readonly vonageUrl: string;
  /** Of the list that says which registry answers for which domains. */
  readonly rdapUrl: string;
  /** Called every minute while this installation does its own work. */
  readonly heartbeatUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly allowedTargets: readonly string[];
  /** The browser of journeys; absent = the usual places are looked at. */
  readonly chromium: string | undefined;
  readonly owner:
    | { readonly email: string; readonly password: string; readonly apiKey: string | undefined }
    | undefined;
  readonly logLevel: string;
};

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
const cidrList = list.refine(
  (items) => items.every(isCidr),
  'expected CIDRs separated by commas, such as 10.0.0.0/8,127.0.0.1/32',
);
const optional = z
  .string()
  .optional()
  .transform((text) => text || undefined);

const serviceUrl = (vendors: string) =>
  optional
    .refine((url) => url === undefined || /^https?:\/\/[^/]/.test(url), `expected a URL such as ${vendors}`)
    .transform((url) => (url ?? vendors).replace(/\/+$/, ''));

const environment = z.object({
  ALLCLEAR_HOST: z.string().default('127.0.0.1'),
  ALLCLEAR_PORT: z.coerce.number().int().min(0).max(65_535).default(4242),
  ALLCLEAR_PUBLIC_URL: optional.refine(
    (url) => url === undefined || /^https?:\/\/[^/]/.test(url),
    'expected a URL such as https://allclear.example.com',
  ),
  ALLCLEAR_DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: optional.refine(
    (url) => url === undefined || /^postgres(ql)?:\/\//.test(url),
    'expected a URL such as postgres://user:password@host:5432/name',
  ),
  ALLCLEAR_ROLES: list.refine(
    (items) => items.every((item) => ROLES.includes(item as Role)),
    `expected some of ${ROLES.join(', ')}`,
  ),
  ALLCLEAR_SECRET_KEY: optional.refine(
    (key) => key === undefined || key.length >= 32,
    'expected at least 32 characters',
  ),
  ALLCLEAR_SMTP_URL: optional.refine(
    (url) => url === undefined || /^smtps?:\/\//.test(url),
    'expected a URL such as smtp://user:password@host:587',
  ),
  ALLCLEAR_SMTP_SPARE_URL: optional.refine(
    (url) => url === undefined || /^smtps?:\/\//.test(url),
    'expected a URL such as smtp://user:password@host:587',
  ),
  ALLCLEAR_MAIL_FROM: optional,
  ALLCLEAR_MAIL_IN_PORT: optional.refine(
    (port) => port === undefined || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535),
    'expected a port such as 2525',
  ),
  ALLCLEAR_MAIL_IN_HOST: optional,
  ALLCLEAR_MAIL_IN_DOMAIN: optional.refine(
    (domain) => domain === undefined || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(domain),
    'expected a domain such as alerts.example.com',
  ),
  ALLCLEAR_MAIL_IN_BOUNCES: z.enum(['on', 'off']).default('off'),
  ALLCLEAR_MAIL_IN_TLS_CERT: optional,
  ALLCLEAR_MAIL_IN_TLS_KEY: optional,
  ALLCLEAR_SLACK_URL: serviceUrl('https://slack.com/api'),
  ALLCLEAR_DISCORD_URL: serviceUrl('https://discord.com/api/v10'),
  ALLCLEAR_TELEGRAM_URL: serviceUrl('https://api.telegram.org'),
  ALLCLEAR_PUSHOVER_URL: serviceUrl('https://api.pushover.net/1'),
  ALLCLEAR_TWILIO_URL: serviceUrl('https://api.twilio.com'),
  ALLCLEAR_VONAGE_URL: serviceUrl('https://api.nexmo.com'),
  ALLCLEAR_RDAP_URL: serviceUrl('https://data.iana.org/rdap/dns.json'),
  ALLCLEAR_HEARTBEAT_URL: optional.refine(
    (url) => url === undefined || (/^https?:\/\/[^/]/.test(url) && URL.canParse(url)),
    'expected a URL such as https://other.example.com/beat/hb_…',
  ),
  ALLCLEAR_TRUSTED_PROXIES: cidrList,
  ALLCLEAR_ALLOWED_TARGETS: cidrList,
  ALLCLEAR_CHROMIUM: optional.refine(
    (path) => path === undefined || path.startsWith('/'),
    'expected the whole path of a program, such as /usr/bin/chromium',
  ),
  ALLCLEAR_OWNER_EMAIL: optional.refine(
    (email) => email === undefined || z.email().safeParse(email).success,
    'expected an email address',
  ),
  ALLCLEAR_OWNER_PASSWORD: optional.refine(
    (password) => password === undefined || password.length >= 8,
    'expected at least 8 characters',
  ),
  ALLCLEAR_OWNER_API_KEY: optional.refine(
    (key) => key === undefined || /^[A-Za-z0-9_-]{32,128}$/.test(key),
    'expected 32 to 128 of A-Z a-z 0-9 _ -',
  ),
  ALLCLEAR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Reads the configuration; names every fault at once. `overrides` come from command-line flags. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, overrides: Partial<Config> = {}): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const errors: FieldError[] = parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    throw new AppError(
      'invalid',
      `The environment has ${errors.length === 1 ? 'a fault' : 'faults'}: ${errors.map((e) => `${e.path}: ${e.message}`).join('; ')}.`,
      { errors },
    );
  }
  const e = parsed.data;
  if (e.ALLCLEAR_OWNER_EMAIL && !e.ALLCLEAR_OWNER_PASSWORD) {
    throw new AppError(
      'invalid',
      'ALLCLEAR_OWNER_EMAIL is set without ALLCLEAR_OWNER_PASSWORD. Set both, or neither and use the first-visit form.',
    );
  }
  if ((e.ALLCLEAR_MAIL_IN_TLS_CERT === undefined) !== (e.ALLCLEAR_MAIL_IN_TLS_KEY === undefined)) {
    throw new AppError('invalid', 'Set ALLCLEAR_MAIL_IN_TLS_CERT and ALLCLEAR_MAIL_IN_TLS_KEY both, or neither.');
  }
  const shownHost = isIP(e.ALLCLEAR_HOST) === 6 ? `[${e.ALLCLEAR_HOST}]` : e.ALLCLEAR_HOST;
  const publicUrl = (
    e.ALLCLEAR_PUBLIC_URL ??
    `http://${shownHost === '0.0.0.0' || shownHost === '[::]' ? 'localhost' : shownHost}:${e.ALLCLEAR_PORT}`
  ).replace(/\/+$/, '');
  return {
    host: e.ALLCLEAR_HOST,
    port: e.ALLCLEAR_PORT,
    publicUrl,
    dataDir: resolve(e.ALLCLEAR_DATA_DIR),
    databaseUrl: e.DATABASE_URL,
    roles: new Set(e.ALLCLEAR_ROLES.length > 0 ? (e.ALLCLEAR_ROLES as Role[]) : ROLES),
    secretKey: e.ALLCLEAR_SECRET_KEY,
    smtpUrl: e.ALLCLEAR_SMTP_URL,
    smtpSpareUrl: e.ALLCLEAR_SMTP_SPARE_URL,
    mailFrom: e.ALLCLEAR_MAIL_FROM,
    mailIn: mailInOf(e, publicUrl),
    slackUrl: e.ALLCLEAR_SLACK_URL,
    discordUrl: e.ALLCLEAR_DISCORD_URL,
    telegramUrl: e.ALLCLEAR_TELEGRAM_URL,
    pushoverUrl: e.ALLCLEAR_PUSHOVER_URL,
    twilioUrl: e.ALLCLEAR_TWILIO_URL,
    vonageUrl: e.ALLCLEAR_VONAGE_URL,
    rdapUrl: e.ALLCLEAR_RDAP_URL,
    heartbeatUrl: e.ALLCLEAR_HEARTBEAT_URL,
    trustedProxies: e.ALLCLEAR_TRUSTED_PROXIES,
    allowedTargets: e.ALLCLEAR_ALLOWED_TARGETS,
    chromium: e.ALLCLEAR_CHROMIUM,
    owner:
      e.ALLCLEAR_OWNER_EMAIL && e.ALLCLEAR_OWNER_PASSWORD
        ? { email: e.ALLCLEAR_OWNER_EMAIL, password: e.ALLCLEAR_OWNER_PASSWORD, apiKey: e.ALLCLEAR_OWNER_API_KEY }
        : undefined,
    logLevel: e.ALLCLEAR_LOG_LEVEL,
    ...overrides,
  };
}

function mailInOf(e: z.output<typeof environment>, publicUrl: string): MailIn | undefined {
  if (e.ALLCLEAR_MAIL_IN_PORT === undefined) return undefined;
  const [certFile, keyFile] = [e.ALLCLEAR_MAIL_IN_TLS_CERT, e.ALLCLEAR_MAIL_IN_TLS_KEY];
  return {
    host: e.ALLCLEAR_MAIL_IN_HOST ?? e.ALLCLEAR_HOST,
    port: Number(e.ALLCLEAR_MAIL_IN_PORT),
    domain: (e.ALLCLEAR_MAIL_IN_DOMAIN ?? URL.parse(publicUrl)?.hostname ?? 'localhost').toLowerCase(),
    bounces: e.ALLCLEAR_MAIL_IN_BOUNCES === 'on',
    tls: certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile },
  };
}

/** `10.0.0.0/8`, `::1/128`; a bare address is not a CIDR. */
function isCidr(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address ?? '');
  if (rest.length > 0 || family === 0 || bits === undefined || !/^\d{1,3}$/.test(bits)) return false;
  return Number(bits) <= (family === 4 ? 32 : 128);
}
