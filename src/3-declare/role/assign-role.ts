import type { Ctx } from '#platform/ctx.ts';
import type { IncidentRole } from './contract.ts';

/** Gives a role to a member; whoever held it is replaced in the same instant. */
export async function assignRole(_ctx: Ctx, _incidentId: string, _role: IncidentRole, _userId: string): Promise<void> {
  throw new Error('not built yet');
}

/** Leaves a role vacant; with a user id, only when that person holds it. */
export async function releaseRole(
  _ctx: Ctx,
  _incidentId: string,
  _role: IncidentRole,
  _userId?: string,
): Promise<void> {
  throw new Error('not built yet');
}

/** Who holds the role now, or null. */
export async function holderOf(_ctx: Ctx, _incidentId: string, _role: IncidentRole): Promise<string | null> {
  throw new Error('not built yet');
}
