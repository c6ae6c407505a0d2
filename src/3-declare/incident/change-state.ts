import type { Ctx } from '#platform/ctx.ts';
import type { Incident } from './incident.ts';

/** What stage 6 moves an incident to, with what only that move knows. */
export type StateMove =
  | { readonly to: 'mitigated'; readonly body?: string | undefined }
  | {
      readonly to: 'resolved';
      readonly confirmedImpaired?: readonly string[];
      readonly skipPostReason?: string | undefined;
      readonly automatic?: boolean;
    }
  | { readonly to: 'active'; readonly reason: string }
  | { readonly to: 'closed' };

export async function changeState(_ctx: Ctx, _incidentId: string, _move: StateMove): Promise<Incident> {
  throw new Error('not built yet');
}
