import type { Ctx } from '#platform/ctx.ts';
import type { PromiseKind, PromiseState } from './contract.ts';
import type { PromiseRow } from './promise.ts';

export type PromiseFilter = {
  readonly incidentId?: string;
  readonly incidentIds?: readonly string[];
  readonly subjectId?: string;
  readonly kind?: PromiseKind;
  readonly states?: readonly PromiseState[];
};

/** Promises by due time; at most 10,000. */
export async function listPromises(_ctx: Ctx, _filter: PromiseFilter): Promise<PromiseRow[]> {
  throw new Error('not built yet');
}
