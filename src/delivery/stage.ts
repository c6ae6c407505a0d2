import type { Stage } from '#platform/stage.ts';

/** Delivery: one message to one address, at least once. */
export const stage: Stage = { name: 'delivery', routes: [], jobs: [], rules: [], on: [] };
