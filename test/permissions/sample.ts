import { z } from 'zod';

type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

/** What fits a pattern that a schema only names. */
const BY_NAME: Readonly<Record<string, string>> = {
  email: 'sample@example.com',
  from: 'sample@example.com',
  url: 'http://127.0.0.1:9/',
  address: 'sample@example.com',
  host: 'mail.example.com',
  to: '+14155550100',
  timeZone: 'UTC',
  country: 'DE',
  region: 'BY',
  groupId: 'S0615G0KT',
  cidr: '10.9.0.0/16',
  allowedTargets: '10.9.0.0/16',
  start: '09:00',
  end: '17:00',
  atTime: '09:00',
  beginsAt: '2026-11-23T09:00',
  slug: 'sample',
  password: 'correct horse battery',
  expiresAt: '2026-12-24T10:00:00Z',
  dueAt: '2026-12-24T10:00:00Z',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
};

/** Gives an id for a prefix: somebody's, or one that nobody has. */
export type IdOf = (prefix: string) => string;

/** A value that fits a schema with every field filled in, optional ones too. */
export function sample(schema: z.ZodType, idOf: IdOf): unknown {
  return value(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, '', idOf);
}

/** The prefix of the ids that a parameter takes, or null when it takes something else. */
export function prefixOf(pattern: string | undefined): string | null {
  return /^\^([a-z]+)_\[A-Za-z0-9_-\]/.exec(pattern ?? '')?.[1] ?? null;
}

function value(schema: Schema, name: string, idOf: IdOf): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const some = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== 'null');
  if (some) return value(some, name, idOf);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => value(one, name, idOf)));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object' || schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, value(inner, key, idOf)]),
    );
  }
  if (type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => value(schema.items ?? {}, name, idOf));
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
  return text(schema, name, idOf);
}

function text(schema: Schema, name: string, idOf: IdOf): string {
  const prefix = prefixOf(schema.pattern);
  if (prefix !== null) return idOf(prefix);
  if (schema.format === 'date-time') return BY_NAME[name] ?? '2026-11-25T09:00:00Z';
  if (schema.format === 'date') return '2026-12-24';
  return (BY_NAME[name] ?? 'A sample of text that says enough')
    .padEnd(schema.minLength ?? 0, 'x')
    .slice(0, Math.min(schema.maxLength ?? 200, 200));
}
