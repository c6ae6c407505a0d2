import { HOUR_MS } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import { addTurnedAway, type TurnedAwayRow } from './store.ts';

const EVERY_MS = 1_000;

type SourceRef = { readonly workspaceId: string; readonly id: string };
/** Over the limit of the source, or over its part of the waiting places. */
export type Over = 'limit' | 'share';

/**
 * Counts what sources were not allowed to send, for people to look at. It is in nobody's way: counted in memory, and
 * written afterwards, one row for each source and hour at most once a second. It never throws; a process that is killed
 * takes with it what it had not written.
 */
export function createTurnedAwayCount(system: System): (source: SourceRef, over: Over) => void {
  let waiting = new Map<string, TurnedAwayRow>();
  let busy = false;

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      const rows = waiting;
      waiting = new Map();
      for (const row of rows.values()) {
        try {
          await addTurnedAway(system.database, row);
        } catch (error) {
          system.log.warn({ err: String(error) }, 'messages turned away not counted');
        }
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
    }
    busy = false;
  }

  return (source, over) => {
    const now = system.clock.now();
    const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    const key = `${source.id} ${hour.getTime()}`;
    const row = waiting.get(key) ?? {
      workspaceId: source.workspaceId,
      alertSourceId: source.id,
      hour,
      firstAt: now,
      lastAt: now,
      overLimit: 0,
      overShare: 0,
    };
    row.lastAt = now;
    if (over === 'limit') row.overLimit += 1;
    else row.overShare += 1;
    waiting.set(key, row);
    if (busy) return;
    busy = true;
    void write();
  };
}
