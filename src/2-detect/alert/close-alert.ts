import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';
import type { CloseReason } from './contract.ts';

/** Closes an alert and tells later stages why; an alert that is closed already stays as it is. */
export async function closeAlert(_ctx: Ctx, _alertId: string, _reason: CloseReason): Promise<Alert> {
  throw new Error('not built yet');
}

/** Closes every open alert of an incident that turned out to be none. */
export async function closeAsFalseAlarm(_ctx: Ctx, _alertIds: readonly string[]): Promise<void> {
  throw new Error('not built yet');
}
