import type { ComponentStatus, ConfirmedStatus, Impact, IncidentStatus } from './page.ts';

/** From best to worst. `unknown` stands above operational (never green) and below anything confirmed to be wrong. */
const BEST_TO_WORST = [
  'operational',
  'unknown',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const satisfies readonly ComponentStatus[];

export const STATUS_LABEL = {
  operational: 'Operational',
  unknown: 'Unknown',
  under_maintenance: 'Under maintenance',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
} as const satisfies Record<ComponentStatus, string>;

export const INCIDENT_STATUS_LABEL = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  postmortem: 'Postmortem',
} as const satisfies Record<IncidentStatus, string>;

/** Short class names, since they stand in the page a hundred times. */
export const STATUS_CLASS = {
  operational: 'ok',
  unknown: 'un',
  under_maintenance: 'mt',
  degraded_performance: 'dg',
  partial_outage: 'po',
  major_outage: 'mo',
} as const satisfies Record<ComponentStatus, string>;

export function isWorse(a: ComponentStatus, b: ComponentStatus): boolean {
  return BEST_TO_WORST.indexOf(a) > BEST_TO_WORST.indexOf(b);
}

/** Worst wins; null for none. */
export function worstOf(statuses: readonly ComponentStatus[]): ComponentStatus | null {
  return statuses.reduce<ComponentStatus | null>(
    (worst, status) => (worst === null || isWorse(status, worst) ? status : worst),
    null,
  );
}

/** Confirmed to be worse than it should be; maintenance is planned and unknown says nothing about the component. */
export function isImpaired(status: ComponentStatus): boolean {
  return status === 'degraded_performance' || status === 'partial_outage' || status === 'major_outage';
}

/** The status whose colour an incident of this impact wears. */
export const IMPACT_STATUS = {
  none: 'operational',
  maintenance: 'under_maintenance',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
} as const satisfies Record<Impact, ConfirmedStatus>;

export const STATUS_IMPACT = {
  operational: 'none',
  under_maintenance: 'maintenance',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
} as const satisfies Record<ConfirmedStatus, Impact>;
