import type { Stage } from '#platform/stage.ts';
import { hearRecovery } from './hear-recovery.ts';
import { resolveRoutes } from './routes.ts';

export const stage: Stage = { name: 'resolve', routes: resolveRoutes, jobs: [], rules: [], on: [hearRecovery] };
