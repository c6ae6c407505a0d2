import { describe, expect, it } from 'vitest';
import { type MaintenanceSeriesView, type Repeat, repeatWords } from '#monitor/contract';
import { draftOf, emptyDraft, recurrenceOf } from './repeat-draft.ts';

const series = (repeat: Repeat): MaintenanceSeriesView => ({
  id: 'mse_1',
  title: 'Backup',
  repeat,
  timeZone: 'Europe/Berlin',
  durationSeconds: 5_400,
  fromDate: '2026-11-25',
  untilDate: null,
  serviceIds: [],
  monitorIds: [],
  state: 'active',
  next: [],
  createdAt: '2026-11-25T10:00:00.000Z',
  createdBy: null,
  endedAt: null,
  endedBy: null,
});

describe('the draft of a series', () => {
  it.each<[Repeat, string]>([
    [{ every: 'day', atTime: '22:00' }, 'every day at 22:00'],
    [{ every: 'week', atTime: '02:00', days: [1, 4] }, 'every Monday and Thursday at 02:00'],
    [{ every: 'month', atTime: '02:00', on: { day: 22 } }, 'on the 22nd of the month at 02:00'],
    [{ every: 'month', atTime: '02:00', on: { day: 'last' } }, 'on the last day of the month at 02:00'],
    [{ every: 'month', atTime: '02:00', on: { nth: 2, weekday: 2 } }, 'on the second Tuesday of the month at 02:00'],
    [{ every: 'month', atTime: '02:00', on: { nth: 'last', weekday: 7 } }, 'on the last Sunday of the month at 02:00'],
    [{ every: 'cron', expression: '0 4 * * 1-5' }, 'by cron 0 4 * * 1-5'],
  ])('%o is kept as it was, and reads “%s”', (repeat, words) => {
    expect(recurrenceOf(draftOf(series(repeat)))).toEqual({
      repeat,
      timeZone: 'Europe/Berlin',
      durationSeconds: 5_400,
      fromDate: '2026-11-25',
      untilDate: null,
    });
    expect(repeatWords(repeat)).toBe(words);
  });

  it('asks nothing while something is missing', () => {
    const draft = emptyDraft('UTC');
    expect(recurrenceOf({ ...draft, days: [] })).toBeNull();
    expect(recurrenceOf({ ...draft, at: '' })).toBeNull();
    expect(recurrenceOf({ ...draft, length: '' })).toBeNull();
    expect(recurrenceOf({ ...draft, every: 'cron', expression: ' ' })).toBeNull();
  });
});
