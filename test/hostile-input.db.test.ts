import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenApi } from '#app/http/openapi.ts';
import { PIPELINE } from '#app/pipeline.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  pattern?: string;
  format?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
};
type Operation = {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-permission': string;
};

const document = createOpenApi(
  PIPELINE.flatMap((stage) => stage.routes.map((route) => route.spec)),
  '0',
  'http://allclear.test',
);
const routes = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

const HOSTILE_TEXT = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u0007',
  'x'.repeat(100_000),
  "'; drop table incident; --",
  '%s%n',
  '../../etc/passwd',
  '{{7*7}}',
  '<script>alert(1)</script>',
];
const HOSTILE_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  [null],
  {},
  { a: 1 },
  ...HOSTILE_TEXT,
];
const HOSTILE_IDS = [
  'x',
  'inc_',
  'inc_' + 'z'.repeat(64),
  '%00',
  '%ff',
  'a%2Fb',
  encodeURIComponent('ü'.repeat(300)),
  '..%2f..',
  '0',
];

/** A value that fits a schema, as far as its shape tells. */
function sample(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const inner = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (inner) return sample(inner);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object')
    return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {})]));
  if (type === 'array') return schema.minItems ? [sample(schema.items ?? {})] : [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'string') return sampleText(schema);
  return null;
}

function sampleText({ pattern, format }: Schema): string {
  if (format === 'email') return 'someone@example.com';
  if (format === 'date-time') return '2026-11-25T10:00:00Z';
  if (format === 'date') return '2026-12-25';
  if (format === 'uri') return 'http://127.0.0.1:9/';
  const id = /^\^([a-z]+)_/.exec(pattern ?? '');
  return id ? `${id[1]}_nowhere` : 'Some plain words';
}

/** Bodies that are wrong in one place each. */
function* hostileBodies(schema: Schema): Generator<unknown> {
  const good = sample(schema);
  yield* [null, [], 'text', 7, {}];
  if (typeof good !== 'object' || good === null || Array.isArray(good)) return;
  for (const key of Object.keys(good)) {
    const { [key]: _gone, ...rest } = good as Record<string, unknown>;
    yield rest;
  }
  for (const key of Object.keys(schema.properties ?? {}))
    for (const value of HOSTILE_VALUES) yield { ...good, [key]: value };
  yield { ...good, __proto__: { polluted: true }, constructor: 1, unexpected: 'field' };
  yield { ...good, deep: nested(200) };
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = { a: value };
  return value;
}

const RAW_BODIES: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }[] = [
  {
    name: 'bytes that are not UTF-8',
    type: 'application/json',
    bytes: new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  },
  { name: 'half a document', type: 'application/json', bytes: new TextEncoder().encode('{"title": "x') },
  {
    name: 'a document nested 100,000 deep',
    type: 'application/json',
    bytes: new TextEncoder().encode('['.repeat(100_000) + ']'.repeat(100_000)),
  },
  {
    name: 'a body of 8 MB',
    type: 'application/json',
    bytes: new TextEncoder().encode(`{"title":"${'x'.repeat(8_000_000)}"}`),
  },
  { name: 'another media type', type: 'text/plain', bytes: new TextEncoder().encode('{"title":"x"}') },
];

describe('every route of the API', () => {
  let world: TestSystem;

  beforeAll(async () => {
    world = await createTestSystem();
  });
  afterAll(() => world.close());

  it('is listed', () => expect(routes.length).toBeGreaterThan(60));

  it.for(routes)(
    '$method $path answers hostile input with a refusal that names the field',
    async ({ method, path, operation }) => {
      const before = await countRows(world);
      world.errors.length = 0;
      let written = false;
      for (const request of hostileRequests(method, path, operation)) {
        const response = await world.app.request(request.url, request.init);
        const text = await response.text();
        const what = `${request.name} → ${response.status} ${text.slice(0, 300)}`;
        expect(response.status, what).toBeLessThan(500);
        if (response.status < 400) written = true;
        else expectProblem(response, text, what);
      }
      if (!written) expect(await countRows(world), 'something was half-written').toEqual(before);
      expect(world.errors).toEqual([]);
    },
  );

  function* hostileRequests(method: string, path: string, operation: Operation) {
    const headers = { authorization: `Bearer ${world.apiKey}` };
    const json = { ...headers, 'content-type': 'application/json' };
    const schema = operation.requestBody?.content['application/json']?.schema;
    const good = schema ? { body: JSON.stringify(sample(schema)) } : {};
    for (const id of path.includes('{') ? HOSTILE_IDS : [])
      yield {
        name: `id ${id.slice(0, 40)}`,
        url: path.replaceAll(/\{\w+\}/g, id),
        init: { method, headers: json, ...good },
      };
    const known = fill(path, 'nowhere');
    for (const { name } of operation.parameters.filter((p) => p.in === 'query')) {
      for (const value of HOSTILE_TEXT.slice(0, 9))
        yield {
          name: `query ${name}`,
          url: `${known}?${name}=${encodeURIComponent(value.toWellFormed().slice(0, 4_000))}`,
          init: { method, headers: json, ...good },
        };
    }
    if (!schema) return;
    for (const body of hostileBodies(schema))
      yield {
        name: `body ${JSON.stringify(body)?.slice(0, 120)}`,
        url: known,
        init: { method, headers: json, body: JSON.stringify(body) },
      };
    for (const { name, type, bytes } of RAW_BODIES)
      yield { name, url: known, init: { method, headers: { ...headers, 'content-type': type }, body: bytes } };
  }

  function fill(path: string, id: string): string {
    return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const operation = routes.find((route) => route.path === path)?.operation;
      const schema = operation?.parameters.find((p) => p.name === name)?.schema;
      if (schema?.enum) return String(schema.enum[0]);
      const prefix = /^\^([a-z]+)_/.exec(schema?.pattern ?? '')?.[1];
      return id.includes('_') ? id : prefix ? `${prefix}_${id}` : id;
    });
  }
});

function expectProblem(response: Response, text: string, what: string) {
  expect(response.headers.get('content-type'), what).toContain('application/problem+json');
  const problem = JSON.parse(text) as {
    code: string;
    detail: string;
    status: number;
    errors?: { path: string; message: string }[];
  };
  expect(problem.status, what).toBe(response.status);
  expect(problem.detail.length, what).toBeGreaterThan(10);
  if (problem.code === 'invalid') expect(problem.errors?.length ?? 0, `${what} names no field`).toBeGreaterThan(0);
}

/** How many rows each table has. */
async function countRows(world: TestSystem): Promise<Record<string, number>> {
  const tables = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(world.database.database);
  const counts = tables.rows.map(({ name }) => sql`select ${name} as name, count(*) as count from ${sql.id(name)}`);
  const { rows } = await sql<{ name: string; count: number }>`${sql.join(counts, sql` union all `)}`.execute(
    world.database.database,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}
