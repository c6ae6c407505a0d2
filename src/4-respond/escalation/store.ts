import { actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type EscalationPolicy, pinned, type PolicyDocument } from './policy.ts';
import type { EscalationTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<EscalationTables>();

/** The policies in their current version; removed ones only when asked for by id. */
function selectPolicies(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('escalationPolicy as policy')
    .innerJoin('escalationPolicyVersion as version', (join) =>
      join
        .onRef('version.workspaceId', '=', 'policy.workspaceId')
        .onRef('version.policyId', '=', 'policy.id')
        .onRef('version.version', '=', 'policy.version'),
    )
    .select([
      'policy.id',
      'policy.isDefault',
      'policy.version',
      'version.name',
      'version.document',
      'version.changedAt',
    ])
    .where('policy.workspaceId', '=', ctx.workspaceId)
    .where('policy.removedAt', 'is', null);
}

type Row = Omit<EscalationPolicy, keyof PolicyDocument> & { readonly document: PolicyDocument };

const flatten = ({ document, ...row }: Row): EscalationPolicy => ({ ...row, ...document });

/** All policies, the default first. */
export async function findPolicies(ctx: Ctx): Promise<EscalationPolicy[]> {
  const rows = await selectPolicies(ctx).orderBy('policy.isDefault', 'desc').orderBy('policy.id').execute();
  return rows.map(flatten);
}

export async function findPolicy(ctx: Ctx, id: string): Promise<EscalationPolicy | undefined> {
  const row = await selectPolicies(ctx).where('policy.id', '=', id).executeTakeFirst();
  return row && flatten(row);
}

export async function findDefaultPolicy(ctx: Ctx): Promise<EscalationPolicy | undefined> {
  const row = await selectPolicies(ctx).where('policy.isDefault', '=', true).executeTakeFirst();
  return row && flatten(row);
}

export type NewPolicy = PolicyDocument & { readonly name: string };

export async function insertPolicy(ctx: Ctx, id: string, policy: NewPolicy, isDefault: boolean): Promise<void> {
  const { workspaceId } = ctx;
  await tables(ctx)
    .insertInto('escalationPolicy')
    .values({ workspaceId, id, isDefault, version: 1, removedAt: null })
    .execute();
  await insertVersion(ctx, id, 1, policy);
}

/** Writes the version after `version`; false when that is not the current one any more. */
export async function advancePolicy(ctx: Ctx, id: string, version: number, policy: NewPolicy): Promise<boolean> {
  const result = await tables(ctx)
    .updateTable('escalationPolicy')
    .set({ version: version + 1 })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await insertVersion(ctx, id, version + 1, policy);
  return true;
}

async function insertVersion(ctx: Ctx, policyId: string, version: number, policy: NewPolicy) {
  await tables(ctx)
    .insertInto('escalationPolicyVersion')
    .values({
      workspaceId: ctx.workspaceId,
      policyId,
      version,
      name: policy.name,
      document: JSON.stringify(pinned(policy)),
      changedAt: ctx.now,
      changedBy: actorUserId(ctx.actor),
    })
    .execute();
}

/** Takes a policy that is not the default out of use; its versions stay for the pages that name them. */
export async function removePolicy(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .updateTable('escalationPolicy')
    .set({ removedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('isDefault', '=', false)
    .execute();
}
