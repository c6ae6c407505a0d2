import { type Context, Hono } from 'hono';
import { allows, authenticate, type Identity, isForeignOrigin, type Permission } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import type { RouteBinding } from '#platform/stage.ts';
import { once } from './idempotency.ts';
import { readInput } from './input.ts';
import { answerTo, problemOf, problemResponse } from './problem.ts';

const VISITOR: Who = { actor: systemActor('visitor'), workspaceId: '' };

/** `/api/v1`: every bound route behind one door that authenticates, permits, parses, transacts and shapes the answer. */
export function createApi(system: System, bindings: readonly RouteBinding[]): Hono {
  const api = new Hono();
  for (const binding of bindings) {
    const path = binding.spec.path.replaceAll(/\{(\w+)\}/g, ':$1');
    api.on(binding.spec.method.toUpperCase(), path, (c) => serve(system, binding, c));
  }
  api.notFound((c) =>
    problemResponse(
      problemOf(new AppError('not_found', `There is no ${c.req.method} ${c.req.path.slice(0, 200)}. See /api/docs.`)),
    ),
  );
  api.onError((error, c) => answerOr500(system, error, c.req.method, c.req.path));
  return api;
}

/** The answer to anything thrown; a bug is logged as an error and answered without its inner life. */
export function answerOr500(system: System, error: unknown, method: string, path: string): Response {
  const answer = answerTo(error);
  if (answer) return answer;
  system.log.error(
    { method, path, err: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    'request failed',
  );
  return problemResponse({
    type: 'about:blank',
    title: 'Internal error',
    status: 500,
    code: 'internal',
    detail: 'Something is wrong in Allclear itself. Nothing was changed; the log of the server says more.',
  });
}

async function serve(system: System, binding: RouteBinding, c: Context): Promise<Response> {
  const { spec } = binding;
  const identity = await authenticate(system, {
    authorization: c.req.header('authorization'),
    cookieHeader: c.req.header('cookie'),
    workspaceHeader: c.req.header('allclear-workspace'),
    channelHint: c.req.header('allclear-client'),
  });
  permit(spec.permission, spec.method, identity);
  if (identity?.viaCookie && spec.method !== 'get' && isForeignOrigin(c.req.raw, system.config)) {
    throw new AppError('forbidden', 'This request comes from another site. Reload the page and try again.');
  }
  const input = await readInput(spec, c.req.raw, c.req.param() as Record<string, string>);
  const who = identity?.who ?? VISITOR;
  const address = c.req.header('x-client-ip') ?? 'local';
  const prepared = await binding.prepare?.(system.read(who), input as never);
  const run = async (ctx: Ctx) =>
    shape(system, binding, await binding.handle(ctx, input as never, system, address, prepared as never));
  const key = spec.method === 'post' && identity ? c.req.header('idempotency-key') : undefined;
  if (binding.mode !== 'transaction') return answer(binding, await run(system.read(who)));
  return system.transact(who, async (ctx) => {
    if (key === undefined) return answer(binding, await run(ctx));
    const status = statusOf(binding);
    const call = { key, route: `${spec.method} ${c.req.path}`, raw: input.raw };
    const kept = await once(ctx, call, async () => ({ status, response: await run(ctx) }));
    return answer(binding, kept.response);
  });
}

/** Refuses a call that the identity may not make; a public route takes anybody. */
function permit(permission: string, method: string, identity: Identity | null) {
  if (permission === 'public') return;
  if (!identity) throw new AppError('unauthenticated', 'Sign in, or send an API key as Authorization: Bearer <key>.');
  if (!identity.scopes.includes(method === 'get' ? 'read' : 'write')) {
    throw new AppError(
      'forbidden',
      'This API key may only read. Make one that may write under Settings, Your API keys.',
    );
  }
  if (permission !== 'signed-in' && !allows(identity.role, permission as Permission)) {
    throw new AppError(
      'forbidden',
      `Your access role (${identity.role}) may not do this; it needs ${permission}. Ask an owner or admin.`,
    );
  }
}

/** The response in exactly the shape the contract promises: what it does not name is left out. */
function shape(system: System, { spec }: RouteBinding, output: unknown): unknown {
  if (!spec.response) return undefined;
  const plain: unknown = JSON.parse(JSON.stringify(output ?? null));
  const parsed = spec.response.safeParse(plain);
  if (parsed.success) return parsed.data;
  system.log.error({ path: spec.path, issues: parsed.error.issues.slice(0, 3) }, 'response did not fit its contract');
  throw new Error(
    `The answer of ${spec.method} ${spec.path} does not fit its contract: ${parsed.error.issues
      .map((i) => `${i.path.join('.')}: ${i.message}`)
      .slice(0, 3)
      .join('; ')}`,
  );
}

function statusOf({ spec }: RouteBinding): number {
  return spec.response ? (spec.status ?? 200) : 204;
}

function answer(binding: RouteBinding, body: unknown): Response {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (!binding.spec.response)
    return new Response(null, {
      status: 204,
      headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
  return new Response(JSON.stringify(body), { status: statusOf(binding), headers });
}
