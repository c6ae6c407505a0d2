import type { Stage } from '#platform/stage.ts';

export const stage: Stage = { name: 'monitor', routes: [], jobs: [], rules: [], on: [] };
