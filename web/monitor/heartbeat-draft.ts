import type { Monitor } from '#monitor/contract';
import { LENGTH_FAULT, readLength, writeLength } from './length.ts';

/** What is typed about the times of a heartbeat. */
export interface HeartbeatDraft {
  by: 'period' | 'cron';
  periodSeconds: string;
  cron: string;
  timeZone: string;
  graceSeconds: string;
  /** Empty: as long as the grace. */
  maxRunSeconds: string;
}

export function freshDraft(timeZone: string): HeartbeatDraft {
  return {
    by: 'period',
    periodSeconds: '1 d',
    cron: '30 2 * * *',
    timeZone,
    graceSeconds: '15 min',
    maxRunSeconds: '',
  };
}

export function draftOf(heartbeat: NonNullable<Monitor['heartbeat']>, timeZone: string): HeartbeatDraft {
  const { periodSeconds, cron, graceSeconds, maxRunSeconds } = heartbeat;
  return {
    by: cron === null ? 'period' : 'cron',
    periodSeconds: writeLength(cron === null ? periodSeconds : 86_400),
    cron: cron ?? freshDraft(timeZone).cron,
    timeZone: heartbeat.timeZone ?? timeZone,
    graceSeconds: writeLength(graceSeconds),
    maxRunSeconds: maxRunSeconds === null ? '' : writeLength(maxRunSeconds),
  };
}

/** Lengths that are none, beside their fields. */
export function refuseDraft(draft: HeartbeatDraft): Partial<Record<keyof HeartbeatDraft, string>> {
  const isBad = (text: string) => readLength(text) === null;
  return {
    ...(draft.by === 'period' && isBad(draft.periodSeconds) ? { periodSeconds: LENGTH_FAULT } : {}),
    ...(isBad(draft.graceSeconds) ? { graceSeconds: LENGTH_FAULT } : {}),
    ...(draft.maxRunSeconds.trim() !== '' && isBad(draft.maxRunSeconds) ? { maxRunSeconds: LENGTH_FAULT } : {}),
  };
}

export function bodyOfDraft(draft: HeartbeatDraft) {
  const maxRun = draft.maxRunSeconds.trim();
  return {
    ...(draft.by === 'period'
      ? { periodSeconds: readLength(draft.periodSeconds) ?? 0 }
      : { cron: draft.cron, timeZone: draft.timeZone }),
    graceSeconds: readLength(draft.graceSeconds) ?? 0,
    maxRunSeconds: maxRun === '' ? null : readLength(maxRun),
  };
}
