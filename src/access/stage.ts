import type { Stage } from '#platform/stage.ts';

export const stage: Stage = { name: 'access', routes: [], jobs: [], rules: [], on: [] };
