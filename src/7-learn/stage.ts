import type { Stage } from '#platform/stage.ts';

/** Learn: postmortems, action items, insights. */
export const stage: Stage = { name: 'learn', routes: [], jobs: [], rules: [], on: [] };
