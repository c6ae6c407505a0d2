import type { Ctx } from '#platform/ctx.ts';
import type { Observation } from '../result/observation.ts';
import { recordResults } from '../result/record-results.ts';
import { type BeatSignal, observeSignal, takeSignal } from './beat.ts';
import { missedBeats } from './missed-beats.ts';
import { type LockedHeartbeat, lockHeartbeats, updatePulses } from './store.ts';

const PROMPT_MS = 120_000;

export type Beat = { readonly monitorId: string; readonly signal: BeatSignal; readonly at: Date; readonly log: string };

/** Beats of the context's workspace, in the order in which they came: pulses, checks and their conclusions. */
export async function takeBeats(ctx: Ctx, beats: readonly Beat[]): Promise<void> {
  const known = await lockHeartbeats(ctx, [...new Set(beats.map(({ monitorId }) => monitorId))]);
  const pulses = new Map<string, LockedHeartbeat>(known.map((row) => [row.monitorId, row]));
  const seen: Observation[] = [];
  for (const beat of beats) {
    const before = pulses.get(beat.monitorId);
    if (!before) continue;
    // Two beats in the same millisecond are two checks.
    const at = new Date(Math.max(beat.at.getTime(), (before.lastBeatAt?.getTime() ?? 0) + 1));
    const after = { ...before, ...takeSignal(before, beat.signal, before, at) };
    pulses.set(beat.monitorId, before.paused ? { ...after, dueAt: null } : after);
    const source = { workspaceId: ctx.workspaceId, monitorId: beat.monitorId, at };
    const check = observeSignal(source, beat.signal, after.lastDurationMs, beat.log);
    if (check) seen.push(check);
  }
  await updatePulses(ctx, [...pulses.values()]);
  await recordResults(ctx, seen);
  // Rules are swept every 15 s; a rhythm for which that is long has an alarm clock of its own.
  const prompt = [...pulses.values()].filter((row) => row.dueAt && row.dueAt.getTime() - ctx.now.getTime() < PROMPT_MS);
  for (const { dueAt } of prompt) if (dueAt) await ctx.wake(missedBeats, dueAt);
}
