import { z } from 'zod';
import { id, line, seconds } from '#kernel/schema.ts';
import { CHECK_LIMITS } from '../check/limits.ts';
import { HTTP_OPTIONS } from '../kind/http.ts';
import { assertion } from '../kind/assertion.ts';
import { JOURNEY_LIMITS } from '../kind/journey-limits.ts';
import { isProtocolKind, MONITOR_KINDS, PROTOCOL_KINDS, type ProtocolKind, traitsOf } from '../kind/kinds.ts';
import { requestHeaders, requestMethod } from '../kind/request-fields.ts';
import { locationId } from '../result/contract.ts';

/** What a monitor is asked to ask, field by field: the pieces of its contract. */
const limits = CHECK_LIMITS;
/** So many failures in a row make it down, so many answers in a row make it up again. */
export const confirmPolicy = z.object({
  failures: z.number().int().min(1).max(20).default(1),
  recoveries: z.number().int().min(1).max(20).default(1),
  /** Of several locations so many must agree; nothing = more than half. */
  locations: z.number().int().min(1).max(20).nullable().optional(),
});

export const monitorTag = z.string().trim().toLowerCase().min(1, 'must not be empty').max(40);

/** Groups within groups, `Europe/Shop`: up to five names. */
export const groupPath = z
  .string()
  .overwrite((text) =>
    text
      .split('/')
      .map((name) => name.trim())
      .join('/'),
  )
  .max(200)
  .regex(/^[^/]{1,60}(?:\/[^/]{1,60}){0,4}$/, 'expected up to five names with / between them');

export const fields = {
  name: line(120),
  serviceId: id('svc'),
  /** For finding and acting on many; lower case. */
  tags: z.array(monitorTag).max(20),
  /** Where it stands among others; null = in no group. */
  group: groupPath.nullable(),
  url: z.string().trim().min(1, 'must not be empty').max(limits.urlLength),
  method: requestMethod,
  headers: requestHeaders,
  body: z.string().max(100_000).nullable(),
  intervalSeconds: seconds(limits.intervalMs.min / 1_000, limits.intervalMs.max / 1_000),
  timeoutSeconds: z
    .number()
    .min(limits.timeoutMs.min / 1_000)
    .max(limits.timeoutMs.max / 1_000),
  maxRedirects: z.number().int().min(0).max(limits.maxRedirects.max),
  confirm: confirmPolicy,
  /** From where it is asked: `home` is this installation, the others are locations of the workspace. */
  locations: z.array(locationId).min(1, 'name at least one location').max(20),
  assertions: z.array(assertion).max(limits.assertions),
  /** Up, but slower than this: degraded. */
  degradedAboveMs: z.number().int().min(1).max(limits.timeoutMs.max).nullable(),
  tls: z.object({
    skipVerification: z.boolean().default(false),
    minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
    caPem: z.string().max(50_000).nullable().default(null),
  }),
};

/** The question of an HTTP monitor, with the defaults that one pasted URL gets. */
const question = {
  url: fields.url,
  method: fields.method.default('GET'),
  headers: fields.headers.default({}),
  body: fields.body.default(null),
  timeoutSeconds: fields.timeoutSeconds.default(limits.timeoutMs.default / 1_000),
  maxRedirects: fields.maxRedirects.default(limits.maxRedirects.default),
  assertions: fields.assertions.default([]),
  degradedAboveMs: fields.degradedAboveMs.default(null),
  tls: fields.tls.default({ skipVerification: false, minVersion: 'TLSv1.2', caPem: null }),
  /** How it signs in; secret values are read back as `[secret]`, and sending that back keeps what is stored. */
  options: HTTP_OPTIONS.prefault({}),
};

/** The question of another kind: an address of its scheme, and its own options. */
function questionOf<Kind extends ProtocolKind>(kind: Kind) {
  const { url, assertions, degradedAboveMs } = question;
  const timeoutSeconds =
    kind === 'journey' ? fields.timeoutSeconds.default(JOURNEY_LIMITS.timeoutSeconds) : question.timeoutSeconds;
  const options = PROTOCOL_KINDS[kind].options as OptionsOf<Kind>;
  return { kind: z.literal(kind), url, options: optional(options), timeoutSeconds, assertions, degradedAboveMs };
}

type OptionsOf<Kind extends ProtocolKind> = (typeof PROTOCOL_KINDS)[Kind]['options'];

/** Every option has a default, so none need be given. */
function optional<Options extends z.ZodObject>(options: Options) {
  return options.prefault({} as z.core.util.NoUndefined<z.input<Options>>);
}

/** How often it is asked, where that is not as for most. */
function intervalOf(kind: ProtocolKind) {
  const { interval } = traitsOf(kind);
  if (interval === undefined) return {};
  const { minSeconds, usualSeconds } = interval;
  return { intervalSeconds: seconds(minSeconds, limits.intervalMs.max / 1_000).default(usualSeconds) };
}

const http = { ...question, kind: z.literal('http').optional() };

type Asked<Kind extends ProtocolKind, Extra extends z.ZodRawShape> = z.ZodObject<
  ReturnType<typeof questionOf<Kind>> & Extra
>;

/** One body for each kind of question, with what else it holds. */
export function bodyOf<Extra extends z.ZodRawShape>(extra: Extra) {
  const others = MONITOR_KINDS.filter(isProtocolKind).map((kind) =>
    z.object({ ...questionOf(kind), ...extra, ...('intervalSeconds' in extra ? intervalOf(kind) : {}) }),
  );
  // What the loop cannot say: each of them is of one kind.
  const each = others as unknown as { [Kind in ProtocolKind]: Asked<Kind, Extra> }[ProtocolKind][];
  return z.discriminatedUnion('kind', [z.object({ ...http, ...extra }), ...each]);
}
