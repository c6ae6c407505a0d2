import type { Ctx } from '#platform/ctx.ts';
import { type Dependency, selectDependencies, shareDependencies } from './dependency-store.ts';

export type { Dependency } from './dependency-store.ts';

/** Which service needs which, of those that are in use, as it is at this moment. */
export async function listDependencies(ctx: Ctx): Promise<Dependency[]> {
  return selectDependencies(ctx);
}

/** Which service needs which, of those that are in use, as it stays until the transaction ends. */
export async function readDependencies(ctx: Ctx): Promise<Dependency[]> {
  await shareDependencies(ctx);
  return selectDependencies(ctx);
}
