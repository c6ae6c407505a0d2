import type { Stage } from '#platform/stage.ts';

export const stage: Stage = { name: 'detect', routes: [], jobs: [], rules: [], on: [] };
