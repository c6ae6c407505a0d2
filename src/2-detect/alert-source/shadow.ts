import type { Ctx } from '#platform/ctx.ts';
import { selectShadowIds } from './store.ts';

const inUse = new WeakMap<Ctx['transaction'], Promise<ReadonlySet<string>>>();

/** Whether a source is in shadow: what it sends asks nobody. Looked up once a transaction. */
export async function isInShadow(ctx: Ctx, alertSourceId: string | null): Promise<boolean> {
  if (alertSourceId === null) return false;
  const found = inUse.get(ctx.transaction) ?? selectShadowIds(ctx);
  inUse.set(ctx.transaction, found);
  return (await found).has(alertSourceId);
}
