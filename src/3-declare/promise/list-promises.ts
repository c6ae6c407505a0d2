import type { Ctx } from '#platform/ctx.ts';
import type { PromiseKind, PromiseState } from './contract.ts';
import type { PromiseRow } from './promise.ts';
import { selectPromises } from './store.ts';

export type PromiseFilter = {
  readonly incidentId?: string;
  readonly incidentIds?: readonly string[];
  readonly subjectId?: string;
  readonly kind?: PromiseKind;
  readonly states?: readonly PromiseState[];
};

const MOST = 10_000;

/** Promises by due time; at most 10,000. */
export async function listPromises(ctx: Ctx, filter: PromiseFilter): Promise<PromiseRow[]> {
  return await selectPromises(ctx, { ...filter, limit: MOST });
}
