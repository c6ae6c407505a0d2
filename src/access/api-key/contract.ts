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
  /** What it may do now: never more than the person as whom it acts. */
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
  summary: 'List everybody’s API keys that are not revoked',
  query: pageQuery,
  response: listOf(apiKey),
});

export const listOwnApiKeys = defineRoute({
  method: 'get',
  path: '/api-keys/mine',
  permission: 'self.manage',
  tag: 'API keys',
  summary: 'List your own API keys that are not revoked',
  query: pageQuery,
  response: listOf(apiKey),
});

/** Keys of one person that work. */
export const MAX_API_KEYS = 100;

export const createApiKey = defineRoute({
  method: 'post',
  path: '/api-keys',
  permission: 'self.manage',
  tag: 'API keys',
  summary:
    'Make an API key that acts as you, with your role or a lower one; made with a key, it may no more than that one',
  body: z.object({
    name: line(80),
    /** Absent: member, or your own role when that is lower. */
    role: accessRole.optional(),
    /** Absent: both, or those of the key that makes it. */
    scopes: z.array(apiKeyScope).min(1).max(2).optional(),
    /** Absent or null: never, or with the key that makes it. */
    expiresAt: instant.nullish(),
  }),
  response: apiKey.extend({ /** Shown this once. */ key: z.string() }),
  status: 201,
});

export const revokeApiKey = defineRoute({
  method: 'delete',
  path: '/api-keys/{id}',
  permission: 'self.manage',
  tag: 'API keys',
  summary: 'Revoke one of your API keys at once; owners and admins may revoke anybody’s',
  params: idParams('key'),
});
