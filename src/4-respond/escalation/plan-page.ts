import type { Severity } from '#declare/contract';
import type { Ctx } from '#platform/ctx.ts';
import type { PagePlanView } from './contract.ts';

/** Who would be paged for a service and severity at an instant, when, by what and why. Uses what the pager uses. */
export async function planPage(
  _ctx: Ctx,
  _for: { serviceId?: string | null | undefined; severity?: Severity | null | undefined; at?: Date | undefined },
): Promise<PagePlanView> {
  throw new Error('not built yet');
}
