import { defineEvent } from '#platform/events.ts';
import type { Evidence } from './result/contract.ts';
import type { MonitorKind } from './kind/kinds.ts';
import type { MonitorState } from './verdict/contract.ts';

/**
 * A monitor (or heartbeat) is in another state. `at` is when the new state began, by the first check of the run that
 * proved it; `previousSince` is when the old one began. A drill's events come beside the real ones: its start is told as
 * down, its end as up, whatever the real state.
 */
export type MonitorStateChanged = {
  readonly monitorId: string;
  readonly monitorName: string;
  readonly monitorKind: MonitorKind;
  readonly serviceId: string;
  readonly from: MonitorState;
  readonly to: MonitorState;
  readonly at: Date;
  readonly previousSince: Date;
  readonly evidence: Evidence | null;
  readonly drill: boolean;
};
export const monitorStateChanged = defineEvent<MonitorStateChanged>('monitor.state-changed');

/** `inside`: it stands for a job that customers do not know of. */
export type ServiceCreated = { readonly serviceId: string; readonly name: string; readonly inside?: boolean };
export const serviceCreated = defineEvent<ServiceCreated>('service.created');

/** What a service needs in order to work was said anew, or it was archived, so that nothing needs it any more. */
export const serviceDependenciesChanged = defineEvent<{ readonly serviceId: string; readonly archived: boolean }>(
  'service.dependencies-changed',
);

/** A maintenance window ended before its time, or its times or services are other ones now. */
export const maintenanceChanged = defineEvent<{ readonly maintenanceWindowId: string }>('maintenance.changed');

export type MonitorCreated = { readonly monitorId: string; readonly serviceId: string };
export const monitorCreated = defineEvent<MonitorCreated>('monitor.created');

/** A program that asks from elsewhere fell silent, or reports again. */
export type ProbeTurned = {
  readonly probeId: string;
  readonly name: string;
  readonly locationId: string;
  readonly locationName: string;
  readonly lost: boolean;
};
export const probeTurned = defineEvent<ProbeTurned>('probe.turned');

/**
 * The alerts of one severity of an SLO fire, or no longer; `removed` says that nothing more will be heard of it. `words`
 * go on after its name.
 */
export type SloBurnChanged = {
  readonly sloId: string;
  readonly sloName: string;
  /** Null when its monitors belong to several services. */
  readonly serviceId: string | null;
  readonly severity: 'critical' | 'warning';
  readonly state: 'burning' | 'calm' | 'removed';
  readonly words: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly at: Date;
};
export const sloBurnChanged = defineEvent<SloBurnChanged>('monitor.slo-burn-changed');

/** The check engine of a process begins checks late, loses results, or does neither any more. */
export type EngineTurned = {
  readonly nodeId: string;
  readonly host: string;
  readonly state: 'well' | 'late' | 'losing';
  readonly latenessP99Ms: number;
  readonly resultsDropped: number;
};
export const engineTurned = defineEvent<EngineTurned>('engine.turned');
