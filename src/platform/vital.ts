import { defineEvent } from './domain-event.ts';

/** Whether one of our own works goes on: what is due is done. Of the whole installation. */
export type Vital = {
  /** "checks", "pager", "outbox", "heartbeats", "database". */
  readonly name: string;
  /** What stalls, as a sentence without names; null while it goes on. */
  readonly trouble: string | null;
};

/** What is due for longer than this was looked at by nobody: sweeps come every 15 seconds. */
export const STALLED_MS = 90_000;

export const vitalTurned = defineEvent<Vital>('vital.turned');
