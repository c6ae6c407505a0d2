import { deliveryMetrics } from './metrics.ts';
import { work } from '#platform/jobs.ts';
import type { Stage } from '#platform/stage.ts';
import { mountHooks } from './answer/mount-hooks.ts';
import { readReceipts, watchReceipts } from './answer/pushover-receipts.ts';
import { closeMailers } from './channel/smtp-pool.ts';
import { attemptDelivery } from './delivery/attempt-delivery.ts';
import { changeMessages } from './delivery/change-messages.ts';
import { ALL_QUEUES } from './delivery/queues.ts';
import { sweepDeliveries } from './delivery/sweep-deliveries.ts';
import { readVitals } from './delivery/vitals.ts';
import { tellSlow } from './delivery/tell-slow.ts';
import { hearAccess } from './hear-access.ts';
import { chaseReceipts } from './phone/chase-receipts.ts';
import { routes } from './routes.ts';

/** Delivery: one message to one address, at least once. */
export const stage: Stage = {
  name: 'delivery',
  metrics: deliveryMetrics,
  vitals: readVitals,
  routes,
  jobs: [...ALL_QUEUES.map((queue) => work(queue, attemptDelivery)), changeMessages, readReceipts],
  rules: [sweepDeliveries, tellSlow, chaseReceipts],
  on: [...hearAccess, watchReceipts],
  mount: mountHooks,
  services: [{ name: 'mail connections', role: 'worker', start: async (system) => async () => closeMailers(system) }],
};
