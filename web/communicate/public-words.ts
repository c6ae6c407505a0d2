import type { SaidStatus, UpdateStatus } from '#communicate/contract';

/** What can be said of a component, mildest first. */
export const saidStatuses: readonly SaidStatus[] = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
];

/** Where an update can say that we are, while the incident goes on. */
export const openStatuses: readonly Exclude<UpdateStatus, 'resolved'>[] = ['investigating', 'identified', 'monitoring'];

/** The places that an update reaches, as one sentence of a list: "status page Acme, 12 by email, feeds". */
export function reachWords(pages: readonly { name: string }[], subscribers: number): string {
  const where = pages.map(({ name }) => name).join(' and ');
  const readers = subscribers === 0 ? 'no subscribers yet' : `${subscribers.toLocaleString('en-US')} by email`;
  return `${where}, ${readers}, feeds`;
}
