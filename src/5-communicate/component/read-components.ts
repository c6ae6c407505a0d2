import type { Ctx } from '#platform/ctx.ts';
import type { ComponentStatus } from '../public/page.ts';
import { selectSaidBy } from './store.ts';

export type TouchedComponent = { readonly id: string; readonly name: string; readonly status: ComponentStatus };

/** Components that updates of the incident changed and that are not operational again: what resolving puts back. */
export async function componentsToRestore(ctx: Ctx, incidentId: string): Promise<TouchedComponent[]> {
  const rows = await selectSaidBy(ctx, incidentId);
  return rows.map(({ id, name, status }) => ({ id, name, status }));
}
