import { declareMetrics } from './metrics.ts';
import type { Stage } from '#platform/stage.ts';
import { hearRelapse } from './incident/hear-relapse.ts';
import { hearGroups } from './incident/hear-groups.ts';
import { hearRoutes } from './incident/hear-routes.ts';
import { hearLikeness, hearUndeclared } from './incident/hear-undeclared.ts';
import { incidentRoutes } from './incident/routes.ts';
import { incidentAlertRoutes } from './incident-alerts/routes.ts';
import { promiseRule } from './promise/look-at-promises.ts';
import { promiseRoutes } from './promise/routes.ts';
import { hearLeaving } from './role/hear-leaving.ts';
import { roleRoutes } from './role/routes.ts';
import { writeFirstPolicy } from './severity/read-policy.ts';
import { severityRoutes } from './severity/routes.ts';
import { mountAttachments } from './timeline/mount-attachments.ts';
import { timelineRoutes } from './timeline/routes.ts';

export const stage: Stage = {
  name: 'declare',
  metrics: declareMetrics,
  routes: [
    ...incidentRoutes,
    ...incidentAlertRoutes,
    ...timelineRoutes,
    ...roleRoutes,
    ...promiseRoutes,
    ...severityRoutes,
  ],
  jobs: [],
  rules: [promiseRule],
  on: [writeFirstPolicy, hearRelapse, hearLikeness, hearUndeclared, hearRoutes, hearGroups, hearLeaving],
  mount: mountAttachments,
};
