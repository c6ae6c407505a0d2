import type { Ctx } from '#platform/ctx.ts';
import type { MonitorKind } from '../kind/kinds.ts';
import { selectUrls } from './store.ts';

/** Asked by these is somebody who knows of the target, not the target: what fails says nothing of the host that said so. */
const ASK_OTHERS: readonly MonitorKind[] = ['metric', 'dns', 'domain'];

/** Which host each of some monitors asks, in lower case; those that ask none, or others than their target, are left out. */
export async function readTargetHosts(ctx: Ctx, monitorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (monitorIds.length === 0) return new Map();
  const found = new Map<string, string>();
  for (const { id, kind, url } of await selectUrls(ctx, monitorIds))
    if (url !== null && !ASK_OTHERS.includes(kind) && URL.canParse(url)) found.set(id, new URL(url).hostname);
  return found;
}
