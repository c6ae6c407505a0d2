import type { MaintenanceSeriesView, Repeat } from '#monitor/contract';

/** What the form of a series holds: every choice is kept while another is looked at. */
export interface RepeatDraft {
  every: 'day' | 'week' | 'month-day' | 'month-weekday' | 'cron';
  at: string;
  days: number[];
  /** `1` to `31`, or `last`. */
  day: string;
  nth: string;
  weekday: string;
  expression: string;
  length: string;
  unit: 'minutes' | 'hours';
  timeZone: string;
  fromDate: string;
  /** Empty = for ever. */
  untilDate: string;
}

export function emptyDraft(timeZone: string): RepeatDraft {
  return {
    every: 'week',
    at: '02:00',
    days: [7],
    day: '1',
    nth: '1',
    weekday: '7',
    expression: '0 2 * * 0',
    length: '2',
    unit: 'hours',
    timeZone,
    fromDate: '',
    untilDate: '',
  };
}

export function draftOf(series: MaintenanceSeriesView): RepeatDraft {
  const hours = series.durationSeconds % 3_600 === 0;
  const draft: RepeatDraft = {
    ...emptyDraft(series.timeZone),
    length: String(series.durationSeconds / (hours ? 3_600 : 60)),
    unit: hours ? 'hours' : 'minutes',
    fromDate: series.fromDate,
    untilDate: series.untilDate ?? '',
  };
  const { repeat } = series;
  switch (repeat.every) {
    case 'day':
      return { ...draft, every: 'day', at: repeat.atTime };
    case 'week':
      return { ...draft, every: 'week', at: repeat.atTime, days: repeat.days };
    case 'month':
      return 'day' in repeat.on
        ? { ...draft, every: 'month-day', at: repeat.atTime, day: String(repeat.on.day) }
        : {
            ...draft,
            every: 'month-weekday',
            at: repeat.atTime,
            nth: String(repeat.on.nth),
            weekday: String(repeat.on.weekday),
          };
    case 'cron':
      return { ...draft, every: 'cron', expression: repeat.expression };
  }
}

function repeatOf(draft: RepeatDraft): Repeat {
  const { at: atTime } = draft;
  switch (draft.every) {
    case 'day':
      return { every: 'day', atTime };
    case 'week':
      return { every: 'week', atTime, days: draft.days };
    case 'month-day':
      return { every: 'month', atTime, on: { day: draft.day === 'last' ? 'last' : Number(draft.day) } };
    case 'month-weekday':
      return {
        every: 'month',
        atTime,
        on: { nth: draft.nth === 'last' ? 'last' : Number(draft.nth), weekday: Number(draft.weekday) },
      };
    case 'cron':
      return { every: 'cron', expression: draft.expression };
  }
}

/** What the API is asked, or null while something is missing. */
export function recurrenceOf(draft: RepeatDraft) {
  const durationSeconds = Math.round(Number(draft.length) * (draft.unit === 'hours' ? 3_600 : 60));
  const timed = draft.every === 'cron' ? draft.expression.trim() !== '' : draft.at !== '';
  if (!timed || !(durationSeconds > 0) || (draft.every === 'week' && draft.days.length === 0)) return null;
  return {
    repeat: repeatOf(draft),
    timeZone: draft.timeZone,
    durationSeconds,
    ...(draft.fromDate === '' ? {} : { fromDate: draft.fromDate }),
    untilDate: draft.untilDate === '' ? null : draft.untilDate,
  };
}
