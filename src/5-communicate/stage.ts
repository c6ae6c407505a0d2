import type { Stage } from '#platform/stage.ts';

export const stage: Stage = { name: 'communicate', routes: [], jobs: [], rules: [], on: [] };
