import type { Stage } from '#platform/stage.ts';
import { forgetBeats } from './heartbeat/forget-beats.ts';
import { missedBeats } from './heartbeat/missed-beats.ts';
import { mountBeat } from './heartbeat/mount-beat.ts';
import { heartbeatRoutes } from './heartbeat/routes.ts';
import { forgetValues } from './pushed-value/forget-values.ts';
import { mountPush } from './pushed-value/mount-push.ts';
import { pushedValueRoutes } from './pushed-value/routes.ts';
import { silentValues } from './pushed-value/silent-values.ts';
import { rollLatency } from './latency/roll-latency.ts';
import { mountProbe } from './location/mount-probe.ts';
import { locationRoutes } from './location/routes.ts';
import { watchProbes } from './location/watch-probes.ts';
import { checkAskedFor } from './monitor/check-soon.ts';
import { endDueDrills } from './monitor/end-due-drills.ts';
import { planMaintenanceAhead } from './maintenance/plan-ahead.ts';
import { maintenanceRoutes } from './maintenance/routes.ts';
import { monitorRoutes } from './monitor/routes.ts';
import { engineMetrics } from './metrics/engine-metrics.ts';
import { monitorMetrics } from './metrics/monitor-metrics.ts';
import { loseSight } from './probe/lose-sight.ts';
import { movingRoutes } from './moving/routes.ts';
import { runProbe, stopAsking } from './probe/run-probe.ts';
import { watchEngine } from './probe/watch-engine.ts';
import { keepPartitions } from './result/keep-partitions.ts';
import { resultRoutes } from './result/routes.ts';
import { configRoutes } from './config/routes.ts';
import { serviceRoutes } from './service/routes.ts';
import { judgeSlos } from './slo/judge-slos.ts';
import { senderKeyRoutes } from './sender-key/routes.ts';
import { sloRoutes } from './slo/routes.ts';
import { readVitals } from './probe/vitals.ts';

export const stage: Stage = {
  name: 'monitor',
  routes: [
    ...serviceRoutes,
    ...maintenanceRoutes,
    ...monitorRoutes,
    ...resultRoutes,
    ...heartbeatRoutes,
    ...pushedValueRoutes,
    ...senderKeyRoutes,
    ...locationRoutes,
    ...sloRoutes,
    ...configRoutes,
    ...movingRoutes,
  ],
  jobs: [checkAskedFor],
  rules: [
    keepPartitions,
    missedBeats,
    forgetBeats,
    silentValues,
    forgetValues,
    judgeSlos,
    endDueDrills,
    loseSight,
    rollLatency,
    watchProbes,
    planMaintenanceAhead,
  ],
  on: [],
  vitals: readVitals,
  metrics: async (ctx, system) => [...(await monitorMetrics(ctx, system)), ...engineMetrics(system)],
  mount: (app, system) => {
    mountBeat(app, system);
    mountPush(app, system);
    mountProbe(app, system);
  },
  services: [runProbe, watchEngine, stopAsking],
};
