import { audit } from '#access';
import { AppError, assert, conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { lockMonitors } from '../monitor/store.ts';
import type { ConfigFiles, ConfigPlan } from './contract.ts';
import { collectFaults, faultsOf } from './faults.ts';
import type { Here } from './here.ts';
import type { Applying } from './section.ts';
import { type KeyedTarget, lockConfig, replaceConfigKeys } from './store.ts';
import { placeOf, type Step, workOut } from './work-out.ts';

const CHANGED = 'Something changed since this plan was made, and it would do something else now. Make it again.';

/** Carries out the plan that was shown, all of it or nothing. Refuses `conflict` when it would do something else by now. */
export async function applyConfig(
  ctx: Ctx,
  asked: ConfigFiles & { readonly fingerprint: string },
): Promise<ConfigPlan> {
  const { fingerprint, ...files } = asked;
  await lockConfig(ctx);
  const { plan, steps, known, here } = await workOut(ctx, files);
  if (plan.fingerprint !== fingerprint || !(await holdMonitors(ctx, steps, here))) throw conflict(CHANGED);
  const ids = new Map(known);
  const applying: Applying = {
    ctx,
    idOf: (section, label) => {
      const id = ids.get(placeOf(section, label));
      assert(id, `the files or the workspace have ${section} ${label}`);
      return id;
    },
  };
  for (const step of steps) {
    const { wanted, item } = step;
    if (wanted === null || item.action === 'unchanged') continue;
    const roots = new Set(item.changes.map(({ field }) => field.split('.', 1)[0] ?? field));
    const id = await within(step, () => wanted.write(applying, roots));
    ids.set(placeOf(item.section, item.key), id);
  }
  const idOf = ({ item }: Step) => ids.get(placeOf(item.section, item.key)) ?? item.id ?? '';
  for (const step of steps) await within(step, async () => step.wanted?.cut?.(applying, idOf(step)));
  for (const step of steps) await within(step, async () => step.wanted?.connect?.(applying, idOf(step)));
  // Last made, first removed: a service goes after its monitors.
  for (const step of steps.toReversed())
    if (step.item.action === 'remove') await within(step, async () => step.thing?.remove(ctx));
  const keyed = steps
    .filter(({ entry }) => entry !== null)
    .map((step): KeyedTarget => ({ section: step.item.section, key: step.item.key, targetId: idOf(step) }));
  await replaceConfigKeys(ctx, plan.set, keyed);
  await audit(ctx, { action: 'config.apply', subjectId: plan.set, detail: plan.counts });
  ctx.touch('monitors');
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, id: ids.get(placeOf(item.section, item.key)) ?? item.id })),
  };
}

/** Nobody edits what is changed until the transaction ends; false when somebody did since it was read. */
async function holdMonitors(ctx: Ctx, steps: readonly Step[], here: Here): Promise<boolean> {
  const touched = new Set(
    steps.flatMap(({ item: { section, action, id } }) =>
      section === 'monitors' && (action === 'change' || action === 'remove') && id !== null ? [id] : [],
    ),
  );
  if (touched.size === 0) return true;
  const held = new Map((await lockMonitors(ctx, [...touched])).map(({ id, revision }) => [id, revision]));
  return here.monitors.every(({ id, revision }) => !touched.has(id) || held.get(id) === revision);
}

/** A refusal names the entry that met it. */
async function within<Result>({ entry, item }: Step, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== 'invalid')
      throw new AppError(error.code, `${item.section}.${item.key}: ${error.message}`, { cause: error });
    const faults = collectFaults();
    for (const { path, message } of faultsOf(error)) {
      if (entry === null) faults.addAt('', 0, [item.section, item.key, ...path], message);
      else faults.add(entry, path, message);
    }
    faults.settle();
    throw error;
  }
}
