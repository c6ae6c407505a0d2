import type { Stage } from '#platform/stage.ts';

export const stage: Stage = { name: 'declare', routes: [], jobs: [], rules: [], on: [] };
