import type { IncidentView } from '#declare/contract';

/** Whether people still work on it. */
export function isOpen({ state }: IncidentView): boolean {
  return state === 'suspected' || state === 'active' || state === 'mitigated';
}

/** What changes on a screen of one incident. */
export function topicsOf(incidentId: string): string[] {
  return ['incidents', `incident:${incidentId}`];
}
