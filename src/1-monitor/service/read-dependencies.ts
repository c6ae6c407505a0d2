import type { Ctx } from '#platform/ctx.ts';
import { type Dependency, selectDependencies } from './dependency-store.ts';

export type { Dependency } from './dependency-store.ts';

/** Which service needs which, of those that are in use. */
export function readDependencies(ctx: Ctx): Promise<Dependency[]> {
  return selectDependencies(ctx);
}
