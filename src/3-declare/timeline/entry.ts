import type { EntryType, Visibility } from './contract.ts';

/** One appended line, as it is stored and told to later stages. */
export type TimelineEntry = {
  readonly id: string;
  readonly incidentId: string;
  readonly seq: number;
  readonly type: EntryType;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actorUserId: string | null;
  readonly actorName: string | null;
  readonly channel: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly visibility: Visibility;
  readonly corrects: string | null;
};

const LATE_MS = 2 * 3_600_000;

/** Written down more than two hours after it happened. */
export function isLate(entry: Pick<TimelineEntry, 'occurredAt' | 'recordedAt'>): boolean {
  return entry.recordedAt.getTime() - entry.occurredAt.getTime() > LATE_MS;
}
