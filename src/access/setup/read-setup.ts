import type { Ctx, System } from '#platform/ctx.ts';
import { findWorkspaceIds } from '../workspace/store.ts';
import { isExposed, setupCodeOf } from './setup-code.ts';

/** Whether the first visit is still to come, and whether it takes a code. */
export async function readSetup(ctx: Ctx): Promise<{ open: boolean; needsCode: boolean }> {
  const open = (await findWorkspaceIds(ctx.transaction)).length === 0;
  return { open, needsCode: open && isExposed(ctx.config) };
}

/** The code to print at the start: null when nobody will be asked for it. */
export async function readOpenSetupCode(system: System): Promise<string | null> {
  if (!isExposed(system.config) || (await findWorkspaceIds(system.database)).length > 0) return null;
  return setupCodeOf(system.secrets);
}
