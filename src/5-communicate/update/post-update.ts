import type { Ctx } from '#platform/ctx.ts';
import type { NewUpdate, Update } from './update.ts';

export async function postUpdate(_ctx: Ctx, _incidentId: string, _wanted: NewUpdate): Promise<Update> {
  throw new Error('not built yet');
}
