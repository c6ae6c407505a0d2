import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { HttpError } from './problem.ts';

type Tables = {
  idempotencyKey: {
    workspaceId: string;
    actor: string;
    route: string;
    key: string;
    bodyDigest: string;
    status: number;
    response: unknown;
    createdAt: Date;
  };
};

type Answer = { readonly status: number; readonly response: unknown };
type Call = { readonly key: string; readonly route: string; readonly raw: string };

const KEEP_MS = 24 * 3_600_000;

/**
 * Runs an act once per key, route and actor, remembering its answer in the act's own transaction for 24 hours: the same
 * call again gets the same answer, another body 422, and one that is still running 409.
 */
export async function once(ctx: Ctx, call: Call, act: () => Promise<Answer>): Promise<Answer> {
  if (!/^[\x20-\x7e]{1,255}$/.test(call.key))
    throw new AppError('invalid', 'Idempotency-Key must be 1 to 255 printable ASCII characters.', {
      errors: [{ path: 'header.idempotency-key', message: 'must be 1 to 255 printable ASCII characters' }],
    });
  const actor = ctx.actor.kind === 'user' ? (ctx.actor.apiKeyId ?? ctx.actor.userId) : ctx.actor.name;
  const bodyDigest = createHash('sha256').update(call.raw).digest('hex');
  const lock = createHash('sha256')
    .update([ctx.workspaceId, actor, call.route, call.key].join('\n'))
    .digest()
    .readBigInt64BE();
  const { rows } = await sql<{
    locked: boolean;
  }>`select pg_try_advisory_xact_lock(${String(lock)}::bigint) as locked`.execute(ctx.transaction);
  if (!rows[0]?.locked)
    throw new AppError('conflict', 'A call with this Idempotency-Key is still running. Wait for its answer.');

  const table = ctx.transaction.withTables<Tables>();
  const before = await table
    .selectFrom('idempotencyKey')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('actor', '=', actor)
    .where('route', '=', call.route)
    .where('key', '=', call.key)
    .executeTakeFirst();
  if (before && before.bodyDigest !== bodyDigest)
    throw new HttpError(
      422,
      'invalid',
      'This Idempotency-Key was used with another body. Use a new key for a new call.',
      [{ path: 'header.idempotency-key', message: 'was used with another body' }],
    );
  if (before) return { status: before.status, response: JSON.parse(ctx.secrets.open(String(before.response))) };

  const answer = await act();
  await table
    .insertInto('idempotencyKey')
    .values({
      workspaceId: ctx.workspaceId,
      actor,
      route: call.route,
      key: call.key,
      bodyDigest,
      status: answer.status,
      // Sealed, because some answers show a secret that is stored nowhere else in the clear.
      response: JSON.stringify(ctx.secrets.seal(JSON.stringify(answer.response ?? null))),
      createdAt: ctx.now,
    })
    .execute();
  return answer;
}

/** Forgets answers after 24 hours. */
export const forgetIdempotencyKeys: Rule = {
  name: 'idempotency.forget',
  async run(system: System, now) {
    await system.database
      .withTables<Tables>()
      .deleteFrom('idempotencyKey')
      .where('createdAt', '<', new Date(now.getTime() - KEEP_MS))
      .execute();
  },
};
