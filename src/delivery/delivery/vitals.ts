import type { System } from '#platform/ctx.ts';
import { STALLED_MS, type Vital } from '#platform/vital.ts';
import { countStuckPages } from './store.ts';

/** The outbox stalls when messages that ask somebody are due and nobody sends them; news to subscribers may wait its turn. */
export async function readVitals(system: System, now: Date): Promise<Vital[]> {
  const stuck = await countStuckPages(system.database, new Date(now.getTime() - STALLED_MS));
  return [{ name: 'outbox', trouble: stuck > 0 ? `messages of pages that nobody sends: ${stuck}` : null }];
}
