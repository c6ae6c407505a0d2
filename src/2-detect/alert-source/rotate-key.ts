import { audit } from '#access';
import { addSeconds } from '#kernel/duration.ts';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { digest } from '#platform/secrets.ts';
import { newKey } from './new-key.ts';
import { type AlertSourceRow, selectAlertSource, updateKey } from './store.ts';

/**
 * Gives a source a new key. The one before works on for `graceSeconds`, so that senders can be changed one by one; 0
 * revokes it at once, and so does the next rotation. Refuses a form, whose key nobody holds.
 */
export async function rotateKey(ctx: Ctx, sourceId: string, graceSeconds: number): Promise<AlertSourceRow> {
  const source = await findRotatable(ctx, sourceId);
  const key = newKey(source.kind);
  const change = {
    keyDigest: digest(key),
    keySealed: ctx.secrets.seal(key),
    previousKeyDigest: graceSeconds === 0 ? null : source.keyDigest,
    previousKeyUntil: graceSeconds === 0 ? null : addSeconds(ctx.now, graceSeconds),
    keyChangedAt: ctx.now,
  };
  await updateKey(ctx, sourceId, change);
  await audit(ctx, { action: 'alert-source.rotate-key', subjectId: sourceId, detail: { graceSeconds } });
  ctx.touch('settings');
  return { ...source, ...change };
}

/** Ends the time of a replaced key. */
export async function revokePreviousKey(ctx: Ctx, sourceId: string): Promise<AlertSourceRow> {
  const source = await findRotatable(ctx, sourceId);
  const { keyDigest, keySealed, keyChangedAt } = source;
  const change = { keyDigest, keySealed, keyChangedAt, previousKeyDigest: null, previousKeyUntil: null };
  await updateKey(ctx, sourceId, change);
  await audit(ctx, { action: 'alert-source.revoke-previous-key', subjectId: sourceId });
  ctx.touch('settings');
  return { ...source, ...change };
}

async function findRotatable(ctx: Ctx, sourceId: string): Promise<AlertSourceRow> {
  const source = await selectAlertSource(ctx, sourceId);
  if (!source) throw notFound('alert source', sourceId);
  if (source.kind === 'form') throw conflict('This source is the form of a status page; nobody holds its key.');
  return source;
}
