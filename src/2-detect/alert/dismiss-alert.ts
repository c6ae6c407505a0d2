import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';

/** "Not an incident": closes the alert without blame; signals that repeat it stay quiet until its source has recovered. */
export async function dismissAlert(_ctx: Ctx, _alertId: string, _why: { reason?: string | undefined }): Promise<Alert> {
  throw new Error('not built yet');
}
