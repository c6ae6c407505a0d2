import type { Ctx } from '#platform/ctx.ts';
import type { Severity } from '../severity/contract.ts';
import type { IncidentKind } from './contract.ts';
import type { Incident } from './incident.ts';

export type Declaration = {
  readonly title: string;
  readonly severity?: Severity | undefined;
  readonly serviceIds?: readonly string[] | undefined;
  readonly alertIds?: readonly string[] | undefined;
  readonly customerFacing?: boolean | undefined;
  readonly kind?: IncidentKind | undefined;
  readonly suspected?: boolean | undefined;
  readonly automatic?: boolean | undefined;
  readonly impactStartedAt?: Date | undefined;
};

export async function declareIncident(_ctx: Ctx, _declaration: Declaration): Promise<Incident> {
  throw new Error('not built yet');
}
