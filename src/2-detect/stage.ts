import type { Stage } from '#platform/stage.ts';
import { announceRule } from './alert/announce-alerts.ts';
import { hearMonitor } from './alert/hear-monitor.ts';
import { alertRoutes } from './alert/routes.ts';
import { undeclaredRule } from './alert/undeclared.ts';
import { alertSourceRoutes } from './alert-source/routes.ts';
import { mappingRoutes } from './mapping/routes.ts';
import { frontIntake, mountIntake } from './signal/mount-intake.ts';
import { signalRoutes } from './signal/routes.ts';

export const stage: Stage = {
  name: 'detect',
  routes: [...alertRoutes, ...signalRoutes, ...alertSourceRoutes, ...mappingRoutes],
  jobs: [],
  rules: [announceRule, undeclaredRule],
  on: [hearMonitor],
  mount: mountIntake,
  front: frontIntake,
};
