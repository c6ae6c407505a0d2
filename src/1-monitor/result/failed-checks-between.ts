import type { Ctx } from '#platform/ctx.ts';
import { type FailedCheck, selectFailures } from './failure-store.ts';

export type { FailedCheck } from './failure-store.ts';

const MOST = 5_000;

/** The checks of these monitors that were not up, due in [from, to), oldest first with evidence; at most 5,000. */
export function failedChecksBetween(
  ctx: Ctx,
  asked: { readonly monitorIds: readonly string[]; readonly from: Date; readonly to: Date },
): Promise<FailedCheck[]> {
  return selectFailures(ctx, { ...asked, limit: MOST });
}
