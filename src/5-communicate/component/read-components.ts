import type { Ctx } from '#platform/ctx.ts';
import type { ComponentStatus } from '../public/page.ts';

export type TouchedComponent = { readonly id: string; readonly name: string; readonly status: ComponentStatus };

/** Components that updates of the incident changed and that are not operational again: what resolving puts back. */
export async function componentsToRestore(_ctx: Ctx, _incidentId: string): Promise<TouchedComponent[]> {
  throw new Error('not built yet');
}
