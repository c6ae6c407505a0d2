import type { Rule } from '#platform/rule.ts';
import { queueOf } from './queues.ts';
import { nudgeOverdue } from './store.ts';

const LIMITS = { graceMs: 10_000, everyMs: 300_000, rows: 200 };

/** Finds messages that are due and that no job looked at, and sends the job again. */
export const sweepDeliveries: Rule = {
  name: 'delivery.overdue',
  async run(system, now) {
    const overdue = await nudgeOverdue(system, now, LIMITS);
    for (const row of overdue) {
      await system.jobs.send(system.database, queueOf(row), { workspaceId: row.workspaceId, deliveryId: row.id });
    }
    if (overdue.length > 0) system.log.warn({ deliveries: overdue.length }, 'overdue messages were queued again');
  },
};
