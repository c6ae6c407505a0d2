import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import type { BusinessHours } from './business-hours.ts';
import { readWorkspace } from './read-workspace.ts';
import { updateWorkspace as store } from './store.ts';
import type { Workspace } from './workspace.ts';

export type WorkspaceChange = {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly businessHours?: BusinessHours | undefined;
};

/** Changes what is given; the slug stays, because links carry it. */
export async function updateWorkspace(ctx: Ctx, change: WorkspaceChange): Promise<Workspace> {
  const values = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.timeZone === undefined ? {} : { timeZone: change.timeZone }),
    ...(change.businessHours === undefined ? {} : { businessHours: change.businessHours }),
  };
  if (Object.keys(values).length > 0) {
    await store(ctx, values);
    await audit(ctx, { action: 'workspace.update', subjectId: ctx.workspaceId, detail: values });
    ctx.touch('settings');
  }
  return readWorkspace(ctx);
}
