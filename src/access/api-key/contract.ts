import { z } from 'zod';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';
import { accessRole } from '../schema.ts';

/** `read` allows GET, `write` everything else that the key's role allows. */
export const API_KEY_SCOPES = ['read', 'write'] as const;
export const apiKeyScope = z.enum(API_KEY_SCOPES);

export const apiKey = z.object({
  id: id('key'),
  name: z.string(),
  /** The first characters of the key, to recognise it by. */
  hint: z.string(),
  role: accessRole,
  scopes: z.array(apiKeyScope),
  createdBy: id('usr'),
  createdAt: instant,
  expiresAt: instant.nullable(),
  /** To the minute. */
  lastUsedAt: instant.nullable(),
});

export const listApiKeys = defineRoute({
  method: 'get',
  path: '/api-keys',
  permission: 'api-keys.manage',
  tag: 'API keys',
  summary: 'List the API keys that are not revoked',
  query: pageQuery,
  response: listOf(apiKey),
});

export const createApiKey = defineRoute({
  method: 'post',
  path: '/api-keys',
  permission: 'api-keys.manage',
  tag: 'API keys',
  summary: 'Make an API key that acts as you, with your role or a lower one',
  body: z.object({
    name: line(80),
    role: accessRole.default('member'),
    scopes: z.array(apiKeyScope).min(1).max(2).default(['read', 'write']),
    expiresAt: instant.nullish(),
  }),
  response: apiKey.extend({ /** Shown this once. */ key: z.string() }),
  status: 201,
});

export const revokeApiKey = defineRoute({
  method: 'delete',
  path: '/api-keys/{id}',
  permission: 'api-keys.manage',
  tag: 'API keys',
  summary: 'Revoke an API key at once',
  params: idParams('key'),
});
