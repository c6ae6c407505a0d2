import type { Ctx } from '#platform/ctx.ts';
import type { ChannelKind, DeliveryState } from './contract.ts';

export type DeliveryStatus = {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly state: DeliveryState;
  readonly why: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

/** How the given deliveries stand, by id; unknown ids are left out. */
export async function readDeliveryStatuses(
  _ctx: Ctx,
  _ids: readonly string[],
): Promise<ReadonlyMap<string, DeliveryStatus>> {
  throw new Error('not built yet');
}
