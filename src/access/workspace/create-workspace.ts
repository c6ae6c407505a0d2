import type { System } from '#platform/ctx.ts';
import type { BusinessHours } from './business-hours.ts';

export type NewWorkspace = {
  readonly name: string;
  readonly timeZone: string;
  /** Default: Monday to Friday, 09:00 to 17:00. */
  readonly businessHours?: BusinessHours | undefined;
  readonly owner: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    /** True when the operator of the machine vouches for the address. */
    readonly emailVerified: boolean;
  };
};

export type WorkspaceMade = { readonly workspaceId: string; readonly userId: string };

/** Makes a workspace with its owner in one transaction and tells later stages. */
export async function createWorkspaceWithOwner(_system: System, _wanted: NewWorkspace): Promise<WorkspaceMade> {
  throw new Error('not built yet');
}
