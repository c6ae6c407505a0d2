import type { Ctx } from '#platform/ctx.ts';
import type { Severity } from '../severity/contract.ts';
import type { Incident } from './incident.ts';

export type Acceptance = {
  readonly title?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly customerFacing?: boolean | undefined;
};

export async function acceptIncident(_ctx: Ctx, _incidentId: string, _acceptance: Acceptance = {}): Promise<Incident> {
  throw new Error('not built yet');
}
