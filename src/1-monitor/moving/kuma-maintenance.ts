import { z } from 'zod';
import { type Draft, type Notes, oneLine, plain } from './draft.ts';

type Row = Readonly<Record<string, unknown>>;
type Around = { readonly now: Date; readonly monitors: readonly string[]; readonly services: readonly string[] };

const textOf = (row: Row, name: string) =>
  row[name] === null || row[name] === undefined ? '' : String(row[name]).trim();

/** Planned work of Uptime Kuma, once or again and again. */
export function takeMaintenance(draft: Draft, row: Row, { now, monitors, services }: Around): void {
  const title = oneLine(textOf(row, 'title'), 200) || 'Maintenance';
  const strategy = textOf(row, 'strategy');
  draft.take({ kind: `${strategy} maintenance`, name: title, section: 'maintenance' }, (notes) => {
    const refuse = (why: string) => {
      notes.lost(why);
      return null;
    };
    if (textOf(row, 'active') === '0') return refuse('is switched off');
    if (monitors.length + services.length === 0) return refuse('names nothing that carries over');
    const timeZone = zoneOf(row, notes);
    const times = strategy === 'single' ? once(row, timeZone, now) : again(row, strategy, timeZone);
    if (typeof times === 'string') return refuse(times);
    if (textOf(row, 'description') !== '') notes.lost('its description');
    return {
      title: plain(title),
      ...(services.length === 0 ? {} : { services: [...new Set(services)] }),
      ...(monitors.length === 0 ? {} : { monitors: [...new Set(monitors)] }),
      ...times,
    };
  });
}

function zoneOf(row: Row, notes: Notes): string {
  const zone = textOf(row, 'timezone');
  try {
    if (zone !== '' && zone !== 'SAME_AS_SERVER') {
      Temporal.Now.instant().toZonedDateTimeISO(zone);
      return zone;
    }
  } catch {
    // Said below.
  }
  notes.changed(
    `its times are taken as UTC, since it says ${zone === '' ? 'no time zone' : zone}; write its zone into the file`,
  );
  return 'UTC';
}

function once(row: Row, timeZone: string, now: Date): Record<string, unknown> | string {
  const from = instantOf(textOf(row, 'start_date'), timeZone);
  const to = instantOf(textOf(row, 'end_date'), timeZone);
  if (from === null || to === null) return 'its times cannot be read';
  return to <= now ? 'is over' : { startsAt: from.toISOString(), endsAt: to.toISOString() };
}

function instantOf(text: string, timeZone: string): Date | null {
  try {
    const local = Temporal.PlainDateTime.from(text.replace(' ', 'T').replace(/Z$|\.\d+$/, ''));
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return null;
  }
}

const list = z.array(z.union([z.number(), z.string()]));

function again(row: Row, strategy: string, timeZone: string): Record<string, unknown> | string {
  const start = clockOf(textOf(row, 'start_time'));
  const end = clockOf(textOf(row, 'end_time'));
  const dates = {
    ...(dateOf(row, 'start_date') === null ? {} : { fromDate: dateOf(row, 'start_date') }),
    ...(dateOf(row, 'end_date') === null ? {} : { untilDate: dateOf(row, 'end_date') }),
  };
  const common = (durationSeconds: number) => ({ timeZone, durationSeconds, ...dates });
  if (strategy === 'cron') {
    const seconds = Number(row['duration']);
    const expression = textOf(row, 'cron');
    if (expression === '' || !(seconds >= 60)) return 'its cron expression or its length cannot be read';
    return { repeat: { every: 'cron', expression }, ...common(seconds) };
  }
  if (start === null || end === null)
    return strategy === 'manual' ? 'begins and ends by hand; plan it when it comes' : 'its times cannot be read';
  const minutes = (end.minutes - start.minutes + 1_440) % 1_440 || 1_440;
  const { atTime } = start;
  if (strategy === 'recurring-interval') {
    const days = Number(row['interval_day'] ?? 1);
    if (days !== 1)
      return `comes every ${days} days, counted from its start; here it comes by day, week, month or cron`;
    return { repeat: { every: 'day', atTime }, ...common(minutes * 60) };
  }
  const named = listOf(textOf(row, strategy === 'recurring-weekday' ? 'weekdays' : 'days_of_month'));
  if (strategy === 'recurring-weekday') {
    const days = named.map((day) => (Number(day) === 0 ? 7 : Number(day))).filter((day) => day >= 1 && day <= 7);
    if (days.length === 0) return 'names no weekday';
    return {
      repeat: { every: 'week', atTime, days: [...new Set(days)].toSorted((a, b) => a - b) },
      ...common(minutes * 60),
    };
  }
  if (strategy !== 'recurring-day-of-month') return `comes by ${strategy}, which cannot be said here`;
  const days = named.map((day) => (day === 'lastDay1' ? 'L' : String(day)));
  if (days.length === 0 || days.some((day) => !/^(L|[1-9]|[12]\d|3[01])$/.test(day)))
    return 'names days from the end of the month, of which only the last can be said here';
  const [hour = '0', minute = '0'] = atTime.split(':');
  const expression = `${Number(minute)} ${Number(hour)} ${days.join(',')} * *`;
  return { repeat: { every: 'cron', expression }, ...common(minutes * 60) };
}

function listOf(text: string): (string | number)[] {
  try {
    return list.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** `22:30` or `22:30:00`. */
function clockOf(text: string): { atTime: string; minutes: number } | null {
  const match = /^(\d{1,2}):(\d{2})/.exec(text);
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2]);
  if (match === null || hour > 23 || minute > 59) return null;
  return { atTime: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, minutes: hour * 60 + minute };
}

function dateOf(row: Row, name: string): string | null {
  return /^(\d{4}-\d{2}-\d{2})/.exec(textOf(row, name))?.[1] ?? null;
}
