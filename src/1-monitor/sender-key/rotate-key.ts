import { audit } from '#access';
import { addSeconds } from '#kernel/duration.ts';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { isTold, type ToldKind } from '../kind/kinds.ts';
import { touchMonitor } from '../monitor/change-state.ts';
import { readPresentMonitor } from '../monitor/read-monitors.ts';
import { newKeyOf } from './sender-key.ts';
import { deletePreviousKey, lockKeyDigest, updateKey, upsertPreviousKey } from './store.ts';

/**
 * Gives a heartbeat, or a monitor that values are sent to, a new key and with it a new address. The one before works on for
 * `graceSeconds`, so that senders can be changed one by one; 0 revokes it at once, and so does the next rotation. Refuses
 * monitors that ask by themselves.
 */
export async function rotateKey(ctx: Ctx, monitorId: string, graceSeconds: number): Promise<void> {
  const kind = await requireTold(ctx, monitorId);
  const before = await lockKeyDigest(ctx, kind, monitorId);
  await updateKey(ctx, kind, monitorId, newKeyOf(ctx, kind));
  if (graceSeconds === 0) await deletePreviousKey(ctx, monitorId);
  else await upsertPreviousKey(ctx, monitorId, before, addSeconds(ctx.now, graceSeconds));
  await audit(ctx, { action: 'monitor.rotate-key', subjectId: monitorId, detail: { graceSeconds } });
  touchMonitor(ctx, monitorId);
}

/** Ends the time of a replaced key. */
export async function revokePreviousKey(ctx: Ctx, monitorId: string): Promise<void> {
  await requireTold(ctx, monitorId);
  await deletePreviousKey(ctx, monitorId);
  await audit(ctx, { action: 'monitor.revoke-previous-key', subjectId: monitorId });
  touchMonitor(ctx, monitorId);
}

async function requireTold(ctx: Ctx, monitorId: string): Promise<ToldKind> {
  const { kind } = await readPresentMonitor(ctx, monitorId);
  if (!isTold(kind)) throw conflict('This monitor asks by itself: nothing is sent to it, so it has no key.');
  return kind;
}
