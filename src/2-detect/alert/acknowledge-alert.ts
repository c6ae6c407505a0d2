import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';

/** Marks an open alert as seen by somebody; a second acknowledgement changes nothing. Refuses a closed one. */
export async function acknowledgeAlert(_ctx: Ctx, _alertId: string, _by: { byUserId: string }): Promise<Alert> {
  throw new Error('not built yet');
}
