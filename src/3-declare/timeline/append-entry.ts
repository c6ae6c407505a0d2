import type { Actor } from '#kernel/actor.ts';
import { assert, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { EntryType, Visibility } from './contract.ts';
import type { TimelineEntry } from './entry.ts';
import { record } from './record.ts';
import { selectEntry, selectEntryByKey, selectTimeline } from './store.ts';

/** The types that tell and change nothing. */
type TellingType = Extract<
  EntryType,
  | 'note'
  | 'image'
  | 'correction'
  | 'page'
  | 'page-acknowledged'
  | 'update'
  | 'task'
  | 'check'
  | 'effect'
  | 'promise'
  | 'board'
  | 'postmortem'
  | 'action-item'
  | 'system'
>;

export type NewEntry = {
  readonly type: TellingType;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly visibility?: Visibility | undefined;
  /** Default: now. Refused when it lies in the future. */
  readonly occurredAt?: Date | undefined;
  /** The id of an entry of the same incident, which stays as it is. */
  readonly corrects?: string | undefined;
  /** The same key again returns the entry that is there. */
  readonly idempotencyKey?: string | undefined;
  /** Default: whoever acts. */
  readonly actor?: Actor | undefined;
};

const CLOCK_SKEW_MS = 60_000;

/** Writes one line into the timeline of an incident, in any of its states. */
export async function appendEntry(ctx: Ctx, incidentId: string, entry: NewEntry): Promise<TimelineEntry> {
  if (entry.occurredAt && entry.occurredAt.getTime() > ctx.now.getTime() + CLOCK_SKEW_MS) {
    throw invalid('body.occurredAt', 'must not lie in the future');
  }
  if (entry.corrects !== undefined && !(await selectEntry(ctx, incidentId, entry.corrects))) {
    throw invalid('body.corrects', 'is no entry of this incident');
  }
  if (entry.idempotencyKey !== undefined) {
    const there = await selectEntryByKey(ctx, incidentId, entry.idempotencyKey);
    if (there) return there;
  }
  const { entries } = await record(ctx, incidentId, () => [{ ...entry, data: entry.data ?? {} }]);
  const [written] = entries;
  assert(written, 'one entry was written');
  return written;
}

/** The whole timeline in the order of writing, for what is generated from the record. */
export async function readWholeTimeline(ctx: Ctx, incidentId: string): Promise<TimelineEntry[]> {
  return await selectTimeline(ctx, incidentId);
}
