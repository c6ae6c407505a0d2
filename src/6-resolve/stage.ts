import type { Stage } from '#platform/stage.ts';

export const stage: Stage = { name: 'resolve', routes: [], jobs: [], rules: [], on: [] };
