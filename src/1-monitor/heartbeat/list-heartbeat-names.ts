import type { Ctx } from '#platform/ctx.ts';
import { selectHeartbeatNames } from './store.ts';

/** The heartbeats of the workspace that are not archived, the oldest first, for whoever looks for one by its name. */
export function listHeartbeatNames(ctx: Ctx): Promise<{ readonly id: string; readonly name: string }[]> {
  return selectHeartbeatNames(ctx.transaction, ctx.workspaceId);
}
