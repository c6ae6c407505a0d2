import type { Ctx, System } from '#platform/ctx.ts';
import type { Workspace } from './workspace.ts';

/** The workspace of the context. */
export async function readWorkspace(_ctx: Ctx): Promise<Workspace> {
  throw new Error('not built yet');
}

/** Every workspace of the installation, oldest first. */
export async function listWorkspaceIds(_system: System): Promise<string[]> {
  throw new Error('not built yet');
}
