import type { Ctx } from '#platform/ctx.ts';
import type { EntryType, Visibility } from './contract.ts';
import type { TimelineEntry } from './entry.ts';

/** The types that tell and change nothing. */
export type TellingType = Extract<
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
  /** Default: now. */
  readonly occurredAt?: Date | undefined;
  readonly corrects?: string | undefined;
  /** The same key again returns the entry that is there. */
  readonly idempotencyKey?: string | undefined;
};

export async function appendEntry(_ctx: Ctx, _incidentId: string, _entry: NewEntry): Promise<TimelineEntry> {
  throw new Error('not built yet');
}

/** The whole timeline in the order of writing, for what is generated from the record. */
export async function readWholeTimeline(_ctx: Ctx, _incidentId: string): Promise<TimelineEntry[]> {
  throw new Error('not built yet');
}
