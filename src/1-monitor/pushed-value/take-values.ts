import type { Ctx } from '#platform/ctx.ts';
import type { Observation } from '../result/observation.ts';
import { recordResults } from '../result/record-results.ts';
import { observeValue, takeValue } from './pushed-value.ts';
import { insertSamples, type Sample } from './sample-store.ts';
import { silentValues } from './silent-values.ts';
import { type LockedPushedValue, lockPushedValues, updateCourses } from './store.ts';

const PROMPT_MS = 120_000;

export type Push = { readonly monitorId: string; readonly value: number; readonly at: Date };

/** Values of the context's workspace, in the order in which they came: what is known of them, checks and conclusions. */
export async function takeValues(ctx: Ctx, pushes: readonly Push[]): Promise<void> {
  const known = await lockPushedValues(ctx, [...new Set(pushes.map(({ monitorId }) => monitorId))]);
  const courses = new Map<string, LockedPushedValue>(known.map((row) => [row.monitorId, row]));
  const seen: Observation[] = [];
  const samples: Sample[] = [];
  for (const push of pushes) {
    const before = courses.get(push.monitorId);
    if (!before) continue;
    const { monitorId } = push;
    // Two values in the same millisecond are two checks.
    const at = new Date(Math.max(push.at.getTime(), (before.lastValueAt?.getTime() ?? 0) + 1));
    const course = takeValue(before, before, push.value, at);
    const number = before.valueCount + 1;
    courses.set(monitorId, { ...before, ...course, ...(before.paused ? { dueAt: null } : {}), valueCount: number });
    samples.push({ monitorId, number, at, value: push.value });
    seen.push(observeValue({ workspaceId: ctx.workspaceId, monitorId, at }, course, before));
    ctx.touch(`monitor:${monitorId}`);
  }
  await updateCourses(ctx, [...courses.values()]);
  await insertSamples(ctx, samples);
  await recordResults(ctx, seen);
  // Rules are swept every 15 s; a rhythm for which that is long has an alarm clock of its own.
  for (const { dueAt } of courses.values())
    if (dueAt && dueAt.getTime() - ctx.now.getTime() < PROMPT_MS) await ctx.wake(silentValues, dueAt);
}
