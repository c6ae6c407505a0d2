export { type CheckEngine, startCheckEngine } from './check/engine-client.ts';
export type { CheckResult, CheckSpec } from './check/spec.ts';
export {
  type EngineTurned,
  engineTurned,
  monitorCreated,
  type MonitorCreated,
  monitorStateChanged,
  type ProbeTurned,
  probeTurned,
  type MonitorStateChanged,
  maintenanceChanged,
  serviceCreated,
  type ServiceCreated,
  serviceDependenciesChanged,
  sloBurnChanged,
} from './events.ts';
export { createHeartbeat } from './heartbeat/create-heartbeat.ts';
export { listHeartbeatNames } from './heartbeat/list-heartbeat-names.ts';
export { takeNamedBeat } from './heartbeat/take-named-beat.ts';
export { type MaintenanceWindow, readRunningMaintenance } from './maintenance/read-windows.ts';
export type { PlannedTimes } from './maintenance/planned.ts';
export { readPlannedTimes } from './maintenance/read-planned.ts';
export { checkSoon } from './monitor/check-soon.ts';
export { type MonitorRecord, readMonitor, readMonitors, worstCaseDetectionSeconds } from './monitor/read-monitors.ts';
export { readSights } from './monitor/read-sights.ts';
export { readTargetHosts } from './monitor/read-target-hosts.ts';
export { connectMonitorPorts, type MonitorPorts } from './ports.ts';
export type { Day, Evidence, Uptime } from './result/contract.ts';
export { type FailedCheck, failedChecksBetween } from './result/failed-checks-between.ts';
export { holdArtefacts } from './result/hold-artefacts.ts';
export type { Observation } from './result/observation.ts';
export { recordBatch } from './result/record-batch.ts';
export { createService } from './service/create-service.ts';
export { downstreamOf, upstreamOf } from './service/dependency.ts';
export { type Dependency, listDependencies, readDependencies } from './service/read-dependencies.ts';
export { readService, readServices, readServiceStates } from './service/read-services.ts';
export { type IntervalQuery, listStateIntervals, type MonitorStretch } from './state-interval/list-state-intervals.ts';
export { daysOf, lanesOf, percentOf, type Stretch, uptimeOf } from './state-interval/uptime.ts';
export type { MonitorState } from './verdict/contract.ts';
