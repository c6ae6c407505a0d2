import type { Stage } from '#platform/stage.ts';

/** Respond: who is asked, how they are reached, what they do about it. */
export const stage: Stage = { name: 'respond', routes: [], jobs: [], rules: [], on: [] };
