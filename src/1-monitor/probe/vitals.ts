import type { System } from '#platform/ctx.ts';
import { STALLED_MS, type Vital } from '#platform/vital.ts';
import { countSilentValues } from '../pushed-value/store.ts';
import { countOverdueBeats, countSilent } from './store.ts';

/** Checks stall when none of those that are asked most often has a result; one that has is an engine that works. */
export async function readVitals(system: System, now: Date): Promise<Vital[]> {
  const { asked, silent } = await countSilent(system.database, now, STALLED_MS);
  const overdue = await countOverdueBeats(system.database, now, STALLED_MS);
  const unnoticed = await countSilentValues(system.database, new Date(now.getTime() - STALLED_MS));
  return [
    { name: 'checks', trouble: asked > 0 && silent === asked ? 'no result of a check was stored for a while' : null },
    { name: 'heartbeats', trouble: overdue > 0 ? `missed heartbeats that nobody notices: ${overdue}` : null },
    { name: 'values', trouble: unnoticed > 0 ? `values that stay away unnoticed: ${unnoticed}` : null },
  ];
}
