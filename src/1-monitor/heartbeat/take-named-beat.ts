import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { withPartitions } from '../result/record-batch.ts';
import { bareBeat } from './beat-record.ts';
import { findHeartbeatByName } from './store.ts';
import { takeBeats } from './take-beats.ts';

/** A beat of the heartbeat with this name, for senders that know names instead of keys; false when there is none. */
export async function takeNamedBeat(system: System, workspaceId: string, name: string): Promise<boolean> {
  const monitorId = await findHeartbeatByName(system.database, workspaceId, name);
  if (monitorId === null) return false;
  const at = system.clock.now();
  await withPartitions(system, [{ dueAtMs: at.getTime() }], () =>
    system.transact({ actor: systemActor('heartbeat'), workspaceId }, (ctx) =>
      takeBeats(ctx, [{ ...bareBeat, monitorId, signal: { kind: 'success', exitCode: null }, at }]),
    ),
  );
  return true;
}
