import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { previewMaintenanceSeries } from '#monitor/contract';
import { TimeZoneSelect } from '../access/time-zone-select.tsx';
import { api } from '../data/api.ts';
import { weekdays } from '../respond/weekdays.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { zoneWords } from '../ui/format.ts';
import { Input, Select } from '../ui/input.tsx';
import { recurrenceOf, type RepeatDraft } from './repeat-draft.ts';
import { WeekdayToggles } from './weekday-toggles.tsx';

const RESTED_MS = 300;
const counts = [
  ['1', 'first'],
  ['2', 'second'],
  ['3', 'third'],
  ['4', 'fourth'],
  ['last', 'last'],
] as const;

/** When planned work comes again, and the next times that this comes to. */
export function RepeatFields({
  draft,
  error,
  onChange,
}: {
  draft: RepeatDraft;
  error: (field: string) => string | undefined;
  onChange: (draft: RepeatDraft) => void;
}) {
  const text = (name: keyof RepeatDraft & string) => ({
    value: String(draft[name]),
    onChange: (event: { target: { value: string } }) => onChange({ ...draft, [name]: event.target.value }),
  });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Comes again" error={draft.every === 'cron' ? undefined : error('repeat')}>
          <Select {...text('every')}>
            <option value="day">every day</option>
            <option value="week">on days of the week</option>
            <option value="month-day">on a day of the month</option>
            <option value="month-weekday">on a weekday of the month</option>
            <option value="cron">by a cron expression</option>
          </Select>
        </Field>
        {draft.every === 'cron' ? (
          <Field
            label="Cron expression"
            hint="minute, hour, day of the month, month, day of the week"
            error={error('repeat')}
          >
            <Input mono {...text('expression')} spellCheck={false} />
          </Field>
        ) : (
          <Field label="At" error={error('at')}>
            <Input type="time" {...text('at')} />
          </Field>
        )}
      </div>
      {draft.every === 'week' ? (
        <WeekdayToggles
          legend="Days"
          days={draft.days}
          error={draft.days.length === 0 ? 'Choose at least one day.' : undefined}
          onChange={(days) => onChange({ ...draft, days })}
        />
      ) : null}
      {draft.every === 'month-day' ? (
        <Field label="Day of the month" hint="A month that has no such day is left out.">
          <Select {...text('day')}>
            {Array.from({ length: 31 }, (_, index) => (
              <option key={index} value={index + 1}>
                {index + 1}
              </option>
            ))}
            <option value="last">last day</option>
          </Select>
        </Field>
      ) : null}
      {draft.every === 'month-weekday' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Which">
            <Select {...text('nth')}>
              {counts.map(([value, word]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Weekday">
            <Select {...text('weekday')}>
              {weekdays.map((name, index) => (
                <option key={name} value={index + 1}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      ) : null}
      <div className="grid grid-cols-2 gap-4">
        <Field label="Lasts" error={error('durationSeconds')}>
          <Input type="number" min={1} inputMode="numeric" {...text('length')} />
        </Field>
        <Field label="Unit">
          <Select {...text('unit')}>
            <option value="minutes">minutes</option>
            <option value="hours">hours</option>
          </Select>
        </Field>
      </div>
      <Field label="Time zone" error={error('timeZone')}>
        <TimeZoneSelect value={draft.timeZone} onChange={(timeZone) => onChange({ ...draft, timeZone })} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="First date" hint="Empty: from today on." error={error('fromDate')}>
          <Input type="date" {...text('fromDate')} />
        </Field>
        <Field label="Last date" hint="Empty: for ever." error={error('untilDate')}>
          <Input type="date" {...text('untilDate')} />
        </Field>
      </div>
      <NextTimes draft={draft} />
    </>
  );
}

function NextTimes({ draft }: { draft: RepeatDraft }) {
  const [rested, setRested] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setRested(draft), RESTED_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  const body = recurrenceOf(rested);
  const preview = useQuery({
    queryKey: ['maintenance-preview', body],
    queryFn: ({ signal }) => {
      if (body === null) throw new Error('Invariant broken: nothing is asked of an unfinished draft');
      return api.call(previewMaintenanceSeries, { body }, { signal });
    },
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  return (
    <section aria-label="The next times" aria-live="polite" className="rounded-control bg-sunken px-3 py-2">
      <p className="text-xs font-semibold">Begins next</p>
      {body === null ? (
        <p className="text-xs text-muted">Say when and for how long.</p>
      ) : preview.error !== null ? (
        <ErrorNote error={preview.error} />
      ) : (
        <ul className="num text-xs text-muted">
          {(preview.data?.items ?? []).map(({ startsAt, endsAt }) => (
            <li key={startsAt}>
              {dayWords(startsAt, body.timeZone)} {clockWords(startsAt, body.timeZone)} –{' '}
              {dayWords(startsAt, body.timeZone) === dayWords(endsAt, body.timeZone)
                ? ''
                : `${dayWords(endsAt, body.timeZone)} `}
              {clockWords(endsAt, body.timeZone)} {zoneWords(new Date(endsAt), body.timeZone)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function dayWords(at: string, timeZone: string): string {
  const shown = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...shown, timeZone }).format(new Date(at));
}

function clockWords(at: string, timeZone: string): string {
  const shown = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...shown, timeZone }).format(new Date(at));
}
