import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { lockMonitor } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { withPartitions } from '../result/record-batch.ts';
import { recordResults } from '../result/record-results.ts';
import { lostSight } from '../verdict/verdict.ts';
import { missBeat, observeSilence, silenceWords, waitAnew } from './beat.ts';
import { bareBeat } from './beat-record.ts';
import { insertBeats } from './beat-store.ts';
import { DEAF_AFTER_MS, type Gap, mayHaveBeenMissed } from './deaf.ts';
import { lockHeartbeats, noteListening, selectOverdue, updatePulses } from './store.ts';

const AT_ONCE = 1_000;

/**
 * Says down of every heartbeat whose time is over. Where the beat may have come while this installation was not
 * running, it says unknown and waits for one more period: silence that we caused pages nobody.
 */
export const missedBeats: Rule = {
  name: 'monitor.missed-beats',
  async run(system, now) {
    const gap = await noteListening(system.database, now, DEAF_AFTER_MS);
    for (const { workspaceId, monitorId } of await selectOverdue(system.database, now, AT_ONCE)) {
      await withPartitions(system, [{ dueAtMs: now.getTime() }], () =>
        judgeSilence(system, workspaceId, monitorId, now, gap),
      );
    }
  },
};

function judgeSilence(
  system: System,
  workspaceId: string,
  monitorId: string,
  now: Date,
  gap: Gap | null,
): Promise<void> {
  return system.transact({ actor: systemActor('heartbeat'), workspaceId }, async (ctx) => {
    const [heartbeat] = await lockHeartbeats(ctx, [monitorId]);
    if (!heartbeat?.dueAt || heartbeat.dueAt > now) return;
    if (gap && mayHaveBeenMissed(heartbeat, heartbeat, gap)) {
      // By a cron expression the next time after the gap may be the one that is over now.
      const from = heartbeat.cron === null ? gap.until : now;
      await updatePulses(ctx, [{ ...heartbeat, ...waitAnew(heartbeat, heartbeat, from) }]);
      const monitor = await lockMonitor(ctx, monitorId);
      if (!monitor || monitor.state === 'down' || monitor.state === 'paused') return;
      return storeVerdict(ctx, monitor, lostSight(monitor.verdict, gap.from.getTime()), null);
    }
    const message = silenceWords(heartbeat, heartbeat);
    const number = heartbeat.beatCount + 1;
    await updatePulses(ctx, [{ ...heartbeat, ...missBeat(heartbeat, heartbeat, now), beatCount: number }]);
    await insertBeats(ctx, [{ ...bareBeat, monitorId, number, at: now, kind: 'missed', log: message }]);
    // The check is dated now, when it was judged: it must come after every beat that was stored before.
    await recordResults(ctx, [observeSilence({ workspaceId, monitorId, at: now }, message)]);
  });
}
