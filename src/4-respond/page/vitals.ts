import type { System } from '#platform/ctx.ts';
import { STALLED_MS, type Vital } from '#platform/vital.ts';
import { countOverduePages } from './store.ts';

/** The pager stalls when a step of a page is due and nobody has taken it. */
export async function readVitals(system: System, now: Date): Promise<Vital[]> {
  const overdue = await countOverduePages(system.database, new Date(now.getTime() - STALLED_MS));
  return [{ name: 'pager', trouble: overdue > 0 ? `steps of pages that nobody takes: ${overdue}` : null }];
}
