import { recordResults } from '../result/record-results.ts';
import { missBeat, observeSilence, silenceWords, waitAnew } from './beat.ts';
import { bareBeat } from './beat-record.ts';
import { insertBeats } from './beat-store.ts';
import { mayHaveBeenMissed } from './deaf.ts';
import { loseSightSince, silenceRule } from './silence-rule.ts';
import { lockHeartbeats, selectOverdue, updatePulses } from './store.ts';

/**
 * Says down of every heartbeat whose time is over. Where the beat may have come while this installation was not
 * running, it says unknown and waits for one more period: silence that we caused pages nobody.
 */
export const missedBeats = silenceRule({
  name: 'monitor.missed-beats',
  actor: 'heartbeat',
  select: selectOverdue,
  async judge(ctx, { workspaceId, monitorId }, now, gap) {
    const [heartbeat] = await lockHeartbeats(ctx, [monitorId]);
    if (!heartbeat?.dueAt || heartbeat.dueAt > now) return;
    if (gap && mayHaveBeenMissed(heartbeat, heartbeat, gap)) {
      // By a cron expression the next time after the gap may be the one that is over now.
      const from = heartbeat.cron === null ? gap.until : now;
      await updatePulses(ctx, [{ ...heartbeat, ...waitAnew(heartbeat, heartbeat, from) }]);
      return loseSightSince(ctx, monitorId, gap);
    }
    const message = silenceWords(heartbeat, heartbeat);
    const number = heartbeat.beatCount + 1;
    await updatePulses(ctx, [{ ...heartbeat, ...missBeat(heartbeat, heartbeat, now), beatCount: number }]);
    await insertBeats(ctx, [{ ...bareBeat, monitorId, number, at: now, kind: 'missed', log: message }]);
    // The check is dated now, when it was judged: it must come after every beat that was stored before.
    await recordResults(ctx, [observeSilence({ workspaceId, monitorId, at: now }, message)]);
  },
});
