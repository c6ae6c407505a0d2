import type { Ctx } from '#platform/ctx.ts';
import type { Observation } from '../result/observation.ts';
import { recordResults } from '../result/record-results.ts';
import { type BeatSignal, observeSignal, takeSignal } from './beat.ts';
import { type BeatRecord, type Sender } from './beat-record.ts';
import { insertBeats } from './beat-store.ts';
import { missedBeats } from './missed-beats.ts';
import { type LockedHeartbeat, lockHeartbeats, updatePulses } from './store.ts';

const PROMPT_MS = 120_000;

export type Beat = Sender & {
  readonly monitorId: string;
  readonly signal: BeatSignal;
  readonly runId: string | null;
  readonly at: Date;
  readonly log: string;
};

/** Beats of the context's workspace, in the order in which they came: pulses, checks and their conclusions. */
export async function takeBeats(ctx: Ctx, beats: readonly Beat[]): Promise<void> {
  const known = await lockHeartbeats(ctx, [...new Set(beats.map(({ monitorId }) => monitorId))]);
  const pulses = new Map<string, LockedHeartbeat>(known.map((row) => [row.monitorId, row]));
  const seen: Observation[] = [];
  const records: BeatRecord[] = [];
  for (const beat of beats) {
    const before = pulses.get(beat.monitorId);
    if (!before) continue;
    const taken = takeBeat(before, beat);
    pulses.set(beat.monitorId, taken.after);
    records.push(taken.record);
    const source = { workspaceId: ctx.workspaceId, monitorId: beat.monitorId, at: taken.record.at };
    const check = observeSignal(source, beat.signal, taken.record.durationMs, beat.log);
    if (check) seen.push(check);
    ctx.touch(`monitor:${beat.monitorId}`);
  }
  await updatePulses(ctx, [...pulses.values()]);
  await insertBeats(ctx, records);
  await recordResults(ctx, seen);
  // Rules are swept every 15 s; a rhythm for which that is long has an alarm clock of its own.
  const prompt = [...pulses.values()].filter((row) => row.dueAt && row.dueAt.getTime() - ctx.now.getTime() < PROMPT_MS);
  for (const { dueAt } of prompt) if (dueAt) await ctx.wake(missedBeats, dueAt);
}

function takeBeat(before: LockedHeartbeat, beat: Beat): { after: LockedHeartbeat; record: BeatRecord } {
  const { signal, runId } = beat;
  // Two beats in the same millisecond are two checks.
  const at = new Date(Math.max(beat.at.getTime(), (before.lastBeatAt?.getTime() ?? 0) + 1));
  const pulse = takeSignal(before, signal, runId, before, at);
  const number = before.beatCount + 1;
  const quiet = before.paused ? { expectedAt: null, dueAt: null, runs: [] } : {};
  const ends = signal.kind === 'success' || signal.kind === 'failure';
  return {
    after: { ...before, ...pulse, ...quiet, beatCount: number },
    record: {
      monitorId: beat.monitorId,
      number,
      at,
      kind: signal.kind,
      exitCode: ends ? signal.exitCode : null,
      durationMs: ends ? pulse.lastDurationMs : null,
      runId,
      address: beat.address,
      agent: beat.agent,
      log: beat.log,
    },
  };
}
