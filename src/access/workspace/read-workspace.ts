import { notFound } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { findWorkspace, findWorkspaceIds } from './store.ts';
import type { Workspace } from './workspace.ts';

/** The workspace of the context. */
export async function readWorkspace(ctx: Ctx): Promise<Workspace> {
  const workspace = await findWorkspace(ctx.transaction, ctx.workspaceId);
  if (!workspace) throw notFound('workspace', ctx.workspaceId);
  return workspace;
}

/** Every workspace of the installation, oldest first. */
export async function listWorkspaceIds(system: System): Promise<string[]> {
  return findWorkspaceIds(system.database);
}
