import type { Ctx } from '#platform/ctx.ts';
import { selectUrls } from './store.ts';

/** Which host each of some monitors asks, in lower case; those that ask none are left out. */
export async function readTargetHosts(ctx: Ctx, monitorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (monitorIds.length === 0) return new Map();
  const found = new Map<string, string>();
  for (const { id, url } of await selectUrls(ctx, monitorIds))
    if (url !== null && URL.canParse(url)) found.set(id, new URL(url).hostname);
  return found;
}
