import type { BeatSignal } from './beat.ts';

/** What stands in the list of a heartbeat's beats: what the job said, and that it said nothing. */
export type BeatKind = BeatSignal['kind'] | 'missed';

/** From where a beat came, as far as it can be told. */
export type Sender = { readonly address: string | null; readonly agent: string | null };

export type BeatRecord = Sender & {
  readonly monitorId: string;
  /** Counts the beats of one heartbeat from 1. */
  readonly number: number;
  readonly at: Date;
  readonly kind: BeatKind;
  readonly exitCode: number | null;
  readonly durationMs: number | null;
  readonly runId: string | null;
  readonly log: string;
};

/** A beat of which nothing is known. */
export const bareBeat = { exitCode: null, durationMs: null, runId: null, address: null, agent: null, log: '' } as const;

/** So many of each heartbeat are kept, and none longer than so many days. */
export const KEPT_BEATS = 1_000;
export const KEPT_DAYS = 90;
