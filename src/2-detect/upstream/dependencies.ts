import { type Dependency, readDependencies } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';

const known = new WeakMap<Ctx['transaction'], Promise<readonly Dependency[]>>();

/** Which service needs which: looked up once a transaction, since one may decide about many alerts. */
export function dependenciesIn(ctx: Ctx): Promise<readonly Dependency[]> {
  const found = known.get(ctx.transaction) ?? readDependencies(ctx);
  known.set(ctx.transaction, found);
  return found;
}

/** What was looked up is out of date: this transaction changed it. */
export function forgetDependencies(ctx: Ctx): void {
  known.delete(ctx.transaction);
}
