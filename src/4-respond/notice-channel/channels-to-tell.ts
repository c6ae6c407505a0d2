import { readChannelFaults } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { NoticeChannelKind } from './contract.ts';
import { findChannelsOf } from './store.ts';

/** A channel that an escalation step names, and why nothing would arrive there now; null when it would. */
export type ChannelToTell = {
  readonly id: string;
  readonly name: string;
  readonly kind: NoticeChannelKind;
  readonly problem: string | null;
};

/** Those of some channels that are there, by id. */
export async function readChannelsToTell(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChannelToTell>> {
  if (ids.length === 0) return new Map();
  const faults = await readChannelFaults(ctx);
  const channels = await findChannelsOf(ctx, ids);
  return new Map(channels.map(({ id, name, kind }) => [id, { id, name, kind, problem: faults[kind] ?? null }]));
}
