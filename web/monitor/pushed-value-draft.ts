import type { METRIC_TESTS, Monitor } from '#monitor/contract';
import { LENGTH_FAULT, readLength, writeLength } from './length.ts';

/** What is typed about a value that is sent to us. */
export interface PushedValueDraft {
  test: (typeof METRIC_TESTS)[number];
  value: string;
  /** Empty: at once. */
  forSeconds: string;
  periodSeconds: string;
  graceSeconds: string;
}

export const freshValueDraft: PushedValueDraft = {
  test: 'at-most',
  value: '',
  forSeconds: '',
  periodSeconds: '1 min',
  graceSeconds: '1 min',
};

export function valueDraftOf(pushed: NonNullable<Monitor['pushedValue']>): PushedValueDraft {
  const { test, value, forSeconds, periodSeconds, graceSeconds } = pushed;
  return {
    test,
    value: String(value),
    forSeconds: forSeconds === 0 ? '' : writeLength(forSeconds),
    periodSeconds: writeLength(periodSeconds),
    graceSeconds: writeLength(graceSeconds),
  };
}

/** What is no number and no length, beside its field. */
export function refuseValueDraft(draft: PushedValueDraft): Partial<Record<keyof PushedValueDraft, string>> {
  const isBad = (text: string) => readLength(text) === null;
  const number = draft.value.trim() === '' ? NaN : Number(draft.value);
  return {
    ...(Number.isFinite(number) ? {} : { value: 'Write a number such as 90 or 0.5' }),
    ...(draft.forSeconds.trim() !== '' && isBad(draft.forSeconds) ? { forSeconds: LENGTH_FAULT } : {}),
    ...(isBad(draft.periodSeconds) ? { periodSeconds: LENGTH_FAULT } : {}),
    ...(isBad(draft.graceSeconds) ? { graceSeconds: LENGTH_FAULT } : {}),
  };
}

export function bodyOfValueDraft(draft: PushedValueDraft) {
  return {
    test: draft.test,
    value: Number(draft.value),
    forSeconds: draft.forSeconds.trim() === '' ? 0 : (readLength(draft.forSeconds) ?? 0),
    periodSeconds: readLength(draft.periodSeconds) ?? 0,
    graceSeconds: readLength(draft.graceSeconds) ?? 0,
  };
}
