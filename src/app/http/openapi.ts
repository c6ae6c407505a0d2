import { z } from 'zod';
import type { RouteSpec } from '#kernel/route.ts';

type Json = Record<string, unknown>;

const problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: {
      type: 'string',
      enum: ['not_found', 'forbidden', 'unauthenticated', 'conflict', 'invalid', 'limit', 'unavailable', 'internal'],
    },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** The OpenAPI 3.1 document of all routes; its schemas are the contracts' own, as JSON Schema 2020-12. */
export function createOpenApi(specs: readonly RouteSpec[], version: string, serverUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const spec of specs) {
    const path = `/api/v1${spec.path}`;
    paths[path] = { ...paths[path], [spec.method]: operation(spec) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Allclear',
      version,
      description:
        'Times are ISO 8601 in UTC, durations are whole seconds, lists are pages of `{items, nextCursor}`. Every POST takes an `Idempotency-Key`. Errors are problem details (RFC 9457) with a `code` and, for input, `errors`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key from Settings, or from `allclear token`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'allclear.session_token' },
      },
      schemas: { Problem: problem },
    },
    paths,
  };
}

function operation(spec: RouteSpec): Json {
  const status = String(spec.response ? (spec.status ?? 200) : 204);
  return {
    operationId: operationId(spec),
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description ? { description: spec.description } : {}),
    ...(spec.permission === 'public' ? { security: [] } : {}),
    'x-permission': spec.permission,
    parameters: [...parameters(spec.params, 'path'), ...parameters(spec.query, 'query'), ...idempotency(spec)],
    ...(spec.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body, 'input') } } } }
      : {}),
    responses: {
      [status]: spec.response
        ? { description: 'Done', content: { 'application/json': { schema: schemaOf(spec.response, 'output') } } }
        : { description: 'Done' },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** `POST /incidents/{id}/mitigate` → `postIncidentsIdMitigate`. */
function operationId(spec: RouteSpec): string {
  const words = spec.path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return spec.method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function parameters(shape: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!shape) return [];
  const schema = schemaOf(shape, 'input');
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return Object.entries((schema['properties'] as Record<string, Json> | undefined) ?? {}).map(([name, inner]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: inner,
  }));
}

function idempotency(spec: RouteSpec): Json[] {
  if (spec.method !== 'post' || spec.permission === 'public') return [];
  return [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } }];
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json;
  return json;
}
