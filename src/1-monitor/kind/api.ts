import { z } from 'zod';
import { parseJsonPath } from '../check/json-path-syntax.ts';
import { isSecretHeader } from '../check/secret-header.ts';
import { CHECK_LIMITS } from '../check/limits.ts';
import { authorities } from './authorities.ts';
import { headerName, stepAssertion } from './assertion.ts';
import { defineKind } from './kind.ts';
import { requestHeaders, requestMethod, word } from './request-fields.ts';
import { ROAD_OPTIONS } from './road.ts';
import { VARIABLE_NAME } from './template.ts';

const API_LIMITS = { steps: 20, variables: 20, taken: 10, sourceLength: 512 } as const;

const variableName = z.string().trim().regex(VARIABLE_NAME, 'expected a name of letters, digits and _');

const variable = z.object({
  name: variableName,
  value: z.string().max(4_096),
  /** Kept sealed, read back as `[secret]`, and masked wherever an answer repeats it. */
  secret: z.boolean().default(false),
});

/** What a step takes from its answer for the steps after it. */
const taken = z
  .object({
    name: variableName,
    from: z.enum(['json', 'header', 'body', 'cookie']),
    /** A JSONPath, the name of a header or cookie, or a pattern (its first group, or else all that it matches). */
    source: z.string().trim().min(1, 'must not be empty').max(API_LIMITS.sourceLength),
    secret: z.boolean().default(false),
  })
  .superRefine(({ from, source }, ctx) => {
    const message = sourceFault(from, source);
    if (message !== null) ctx.addIssue({ code: 'custom', path: ['source'], message });
  });
export type Taken = z.output<typeof taken>;

function sourceFault(from: 'json' | 'header' | 'body' | 'cookie', source: string): string | null {
  if (from === 'json') {
    const parsed = parseJsonPath(source);
    return parsed.ok ? null : `the path ${parsed.fault}`;
  }
  if (from === 'body') {
    try {
      return new RegExp(source, 'u') instanceof RegExp ? null : '';
    } catch {
      return 'expected a regular expression';
    }
  }
  return headerName.safeParse(source).success ? null : `expected the name of a ${from}`;
}

/** Whether what was taken is masked: because somebody said so, or because it looks like it. */
export function isSecretTaken({ from, source, name, secret }: Taken): boolean {
  return (
    secret ||
    from === 'cookie' ||
    isSecretHeader(name) ||
    (from === 'header' && /cookie/i.test(source)) ||
    (from === 'header' && isSecretHeader(source))
  );
}

const step = z.object({
  /** By which its secrets are kept while steps move; given by the server. */
  id: z
    .string()
    .regex(/^[a-z0-9]{1,12}$/)
    .optional(),
  /** By default its method and address. */
  name: z.string().trim().max(80).default(''),
  method: requestMethod.default('GET'),
  /** Relative to the address of the monitor, or a whole one; empty = that address. */
  url: z.string().trim().max(CHECK_LIMITS.urlLength).default(''),
  headers: requestHeaders.default({}),
  body: z.string().max(50_000).nullable().default(null),
  user: word(256),
  password: word(2_048),
  bearerToken: word(4_096),
  /** 0 = a redirect is the answer. Only GET and HEAD follow. */
  maxRedirects: z.number().int().min(0).max(CHECK_LIMITS.maxRedirects.max).default(CHECK_LIMITS.maxRedirects.default),
  assertions: z.array(stepAssertion).max(CHECK_LIMITS.assertions).default([]),
  take: z.array(taken).max(API_LIMITS.taken).default([]),
  /** Runs even after another step has failed: what must be tidied up. */
  always: z.boolean().default(false),
});
export type ApiStep = z.output<typeof step>;

/** Several requests in a row, where a later one uses what an earlier one was answered. */
export const api = defineKind({
  kind: 'api',
  schemes: { https: { port: 443, secure: true }, http: { port: 80, secure: false } },
  options: z.object({
    variables: z.array(variable).max(API_LIMITS.variables).default([]),
    steps: z.array(step).min(1, 'name at least one step').max(API_LIMITS.steps).prefault([{}]),
    /** Accept any certificate. */
    skipVerification: z.boolean().default(false),
    caPem: authorities,
    clientCertificatePem: z.string().max(50_000).nullable().default(null),
    clientKeyPem: z.string().max(20_000).nullable().default(null),
    ...ROAD_OPTIONS.shape,
  }),
  secrets: ['clientKeyPem', 'proxyPassword'],
  assertions: ['response-time'],
});
export type ApiOptions = z.output<typeof api.options>;

/** How a step is called where people read of it. */
export function stepTitle({ name, method, url }: Pick<ApiStep, 'name' | 'method' | 'url'>): string {
  return name === '' ? `${method} ${url === '' ? '/' : url}`.slice(0, 80) : name;
}
