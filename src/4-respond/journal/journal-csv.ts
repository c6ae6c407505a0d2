import { toCsv } from '#kernel/csv.ts';
import type { PageEntryView } from './contract.ts';

const HEAD = [
  'at',
  'page',
  'title',
  'drill',
  'incident',
  'what',
  'person',
  'channel',
  'step',
  'round',
  'due',
  'try',
  'delivery',
  'provider id',
  'text',
] as const;

/** Entries of the page journal as comma-separated values, in their order; times in UTC. */
export function journalCsv(entries: readonly PageEntryView[]): string {
  return toCsv(
    HEAD,
    entries.map((entry) => [
      entry.at,
      entry.pageId,
      entry.pageTitle,
      entry.drill ? 'drill' : null,
      entry.incidentId,
      entry.kind,
      entry.userName,
      entry.channel,
      entry.step,
      entry.cycle,
      entry.dueAt,
      entry.attempt,
      entry.deliveryId,
      entry.providerId,
      entry.text,
    ]),
  );
}
