import { createHash } from 'node:crypto';
import { notFound } from '#kernel/errors.ts';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import type { ImportItemView, ImportPlanView, ImportTool } from './contract.ts';
import type { ImportDraft } from './draft.ts';
import { itemsOf, type Plan, planOf } from './plan.ts';
import { readDocument } from './read-document.ts';
import { readHere } from './read-here.ts';
import { compareSchedule } from './render.ts';
import { findImport, findImports, forgetPlans, type ImportRow, insertImport } from './store.ts';

const KEPT_MS = 7 * DAY_MS;
/** Of one workspace, with their documents. */
const KEPT_PLANS = 5;

export type Worked = { readonly draft: ImportDraft; readonly plan: Plan; readonly digest: string };

/** Plans an import and keeps the plan with its document; makes nothing. Refuses a malformed document by its path. */
export async function planImport(
  ctx: Ctx,
  wanted: { readonly tool?: ImportTool | undefined; readonly document: unknown },
): Promise<ImportPlanView> {
  await forgetPlans(ctx, new Date(ctx.now.getTime() - KEPT_MS), KEPT_PLANS - 1);
  const worked = await workOut(ctx, wanted.document, wanted.tool);
  const id = ctx.newId('imp');
  const { tool } = worked.draft;
  const report = reportOf(worked, itemsOf(worked.plan), ctx.now.getTime());
  await insertImport(ctx, { id, tool, document: wanted.document, digest: worked.digest, report });
  return { id, tool, state: 'planned', plannedAt: ctx.now.toISOString(), appliedAt: null, ...report };
}

export async function readImport(ctx: Ctx, id: string): Promise<ImportPlanView> {
  const row = await findImport(ctx, id);
  if (!row) throw notFound('import', id);
  return presentImport(row);
}

export async function listImports(ctx: Ctx, query: PageQuery) {
  return pageOf(
    await findImports(ctx, query),
    query,
    ({ id }) => id,
    ({ plannedAt, appliedAt, ...row }) => ({ ...row, ...stateOf({ plannedAt, appliedAt }) }),
  );
}

/** What an export does as things are now. Of two that do the same the digests are the same. */
export async function workOut(ctx: Ctx, document: unknown, tool: ImportTool | undefined): Promise<Worked> {
  const draft = readDocument(document, tool, ctx.now.getTime());
  const plan = planOf(draft, await readHere(ctx, draft.tool), ctx.now.getTime());
  const deeds = itemsOf(plan).map(({ kind, vendorId, name, action, id }) => [kind, vendorId, name, action, id]);
  const told = plan.policies.flatMap(({ draft: policy, item }) =>
    item.action === 'create' ? policy.steps.flatMap(({ channelIds }, step) => channelIds.map((id) => [step, id])) : [],
  );
  deeds.push(...told.map(([step, id]) => ['told', String(step), String(id)]));
  return { draft, plan, digest: createHash('sha256').update(JSON.stringify(deeds)).digest('hex') };
}

export function reportOf(
  { draft, plan }: Pick<Worked, 'draft' | 'plan'>,
  items: readonly ImportItemView[],
  nowMs: number,
): ImportRow['report'] {
  const names = new Map(draft.people.map(({ vendorId, name }) => [vendorId, name]));
  const carried = plan.schedules.filter(({ item }) => item.action !== 'skip').map((one) => one.draft);
  const origins = [...new Set(carried.map(({ originId }) => originId))];
  const count = (action: ImportItemView['action']) => items.filter((item) => item.action === action).length;
  return {
    counts: {
      create: count('create'),
      match: count('match'),
      present: count('present'),
      skip: count('skip'),
      notes: items.reduce((sum, { notes }) => sum + notes.length, 0),
    },
    items: [...items],
    schedules: origins.map((originId) =>
      compareSchedule(
        carried.filter((schedule) => schedule.originId === originId),
        draft.renderings.find(({ scheduleId }) => scheduleId === originId),
        (personId) => names.get(personId) ?? personId,
        nowMs,
      ),
    ),
    remarks: [...draft.remarks],
  };
}

export function presentImport({ id, tool, report, plannedAt, appliedAt }: Omit<ImportRow, 'document'>): ImportPlanView {
  return {
    id,
    tool,
    ...stateOf({ plannedAt, appliedAt }),
    ...report,
  };
}

function stateOf({ plannedAt, appliedAt }: Pick<ImportRow, 'plannedAt' | 'appliedAt'>) {
  return {
    state: appliedAt === null ? ('planned' as const) : ('applied' as const),
    plannedAt: plannedAt.toISOString(),
    appliedAt: appliedAt?.toISOString() ?? null,
  };
}
