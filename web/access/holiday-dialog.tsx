import { useEffect } from 'react';
import {
  changeHolidayCalendar,
  createHolidayCalendar,
  type HolidayCalendarView,
  listHolidayCountries,
  listHolidayRegions,
  listTeams,
  previewHolidays,
} from '#access/contract';
import { useAct, useRead } from '../data/query.ts';
import { useMinute } from '../ui/clock.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { type Form, useForm } from '../ui/use-form.ts';
import { HolidayFile } from './holiday-file.tsx';
import { daysOfLines, holidaysByName, linesOf, shortDate } from './holiday-words.ts';
import { useMembers } from './people.ts';

type Values = {
  name: string;
  country: string;
  region: string;
  bankHolidays: boolean;
  leftOut: string[];
  ownDays: string;
  isDefault: boolean;
  teamIds: string[];
  userIds: string[];
};

/** Makes a calendar of holidays, or changes one: its country, its own days, and whose it is. */
export function HolidayDialog({ calendar, onClose }: { calendar?: HolidayCalendarView; onClose: () => void }) {
  const touches = ['settings', 'schedules'];
  const create = useAct(createHolidayCalendar, { touches });
  const change = useAct(changeHolidayCalendar, { touches });
  const form = useForm<Values>({
    initial: {
      name: calendar?.name ?? '',
      country: calendar?.country ?? '',
      region: calendar?.region ?? '',
      bankHolidays: calendar?.bankHolidays ?? false,
      leftOut: calendar?.leftOut ?? [],
      ownDays: linesOf(calendar?.ownDays ?? []),
      isDefault: calendar?.isDefault ?? false,
      teamIds: calendar?.teamIds ?? [],
      userIds: calendar?.userIds ?? [],
    },
    refuse: ({ name, country, ownDays }) => {
      const read = daysOfLines(ownDays);
      return {
        ...(name.trim() === '' ? { name: 'Give it a name.' } : {}),
        ...('wrong' in read ? { ownDays: `“${read.wrong}” is no day: write 2026-12-24 and its name.` } : {}),
        ...(country === '' && ownDays.trim() === '' ? { ownDays: 'Pick a country, or write days here.' } : {}),
      };
    },
    submit: async ({ country, region, ownDays, ...values }) => {
      const read = daysOfLines(ownDays);
      const body = {
        ...values,
        country: country === '' ? null : country,
        region: region === '' ? null : region,
        ownDays: 'days' in read ? read.days : [],
      };
      if (calendar === undefined) await create.mutateAsync({ body });
      else await change.mutateAsync({ params: { id: calendar.id }, body: { ...body, version: calendar.version } });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={calendar === undefined ? 'Add a holiday calendar' : `Edit ${calendar.name}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act={calendar === undefined ? 'Add it' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <PlaceFields form={form} />
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} dir="auto" placeholder="Office in Munich" />
        </Field>
        <PlaceDays form={form} />
        <Field
          label="Other days on which you are closed"
          hint="A line each: the date, and what it is called. A day of the country is called as you write it here."
          error={form.error('ownDays')}
        >
          <Textarea {...form.text('ownDays')} rows={2} placeholder="2026-12-24 Christmas Eve" />
        </Field>
        <HolidayFile
          onDays={(days) =>
            form.set('ownDays', [form.values.ownDays.trim(), linesOf(days)].filter((text) => text !== '').join('\n'))
          }
        />
        <WhoseFields form={form} />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

function PlaceFields({ form }: { form: Form<Values> }) {
  const { country, region, name } = form.values;
  const countries = useRead(listHolidayCountries, {}, []).data?.items ?? [];
  const regions = useRead(listHolidayRegions, { params: { country } }, [], { enabled: country !== '' });
  const parts = country === '' ? [] : (regions.data?.items ?? []);
  const pick = (code: string) => {
    const before = countries.find((one) => one.code === country)?.name ?? '';
    form.set('country', code);
    form.set('region', '');
    form.set('leftOut', []);
    if (name === '' || name === before) form.set('name', countries.find((one) => one.code === code)?.name ?? '');
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Country" error={form.error('country')}>
        <Select value={country} onChange={(event) => pick(event.target.value)}>
          <option value="">None: only the days below</option>
          {country === '' || countries.some(({ code }) => code === country) ? null : (
            <option value={country}>{country}</option>
          )}
          {countries.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      {country === '' || (regions.data !== undefined && parts.length === 0) ? null : (
        <Field label="Region" error={form.error('region')}>
          <Select value={region} onChange={(event) => form.set('region', event.target.value)}>
            <option value="">All of it: what is one everywhere</option>
            {region === '' || parts.some(({ code }) => code === region) ? null : (
              <option value={region}>{region}</option>
            )}
            {parts.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  );
}

/** From July on one plans for the year after. */
function yearToShow(now: Date): number {
  return now.getMonth() < 6 ? now.getFullYear() : now.getFullYear() + 1;
}

function PlaceDays({ form }: { form: Form<Values> }) {
  const { country, region, bankHolidays, leftOut } = form.values;
  const year = yearToShow(useMinute());
  const preview = useAct(previewHolidays);
  const { mutate } = preview;
  useEffect(() => {
    if (country !== '') mutate({ body: { country, region: region === '' ? null : region, bankHolidays, year } });
  }, [mutate, country, region, bankHolidays, year]);
  if (country === '') return null;
  const days = holidaysByName(preview.data?.items ?? []);
  const toggle = (name: string) =>
    form.set('leftOut', leftOut.includes(name) ? leftOut.filter((one) => one !== name) : [...leftOut, name]);
  return (
    <>
      <Checkbox
        label="Bank holidays too"
        hint="Days on which only banks and offices are closed."
        {...form.check('bankHolidays')}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1 text-sm font-medium">Closed on, in {year}</legend>
        <ErrorNote error={preview.error} />
        {days.length === 0 && preview.error === null ? <p className="text-muted">Being worked out …</p> : null}
        <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
          {days.map(({ name, dates }) => (
            <Checkbox
              key={name}
              label={name}
              hint={<span className="num">{dates.map(shortDate).join(' · ')}</span>}
              checked={!leftOut.includes(name)}
              onChange={() => toggle(name)}
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}

function WhoseFields({ form }: { form: Form<Values> }) {
  const teams = useRead(listTeams, { query: { limit: 200 } }, ['members']).data?.items ?? [];
  const people = (useMembers().data?.items ?? []).filter(
    ({ id, active }) => active || form.values.userIds.includes(id),
  );
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Whose it is</legend>
      <div className="grid gap-2">
        <Checkbox
          label="The workspace’s"
          hint="Its business hours, and everybody who has no other."
          {...form.check('isDefault')}
        />
        <Ticks
          legend="Of teams"
          items={teams}
          chosen={form.values.teamIds}
          onChange={(ids) => form.set('teamIds', ids)}
        />
        <Ticks
          legend="Of people, whatever their team"
          items={people}
          chosen={form.values.userIds}
          onChange={(ids) => form.set('userIds', ids)}
        />
      </div>
    </fieldset>
  );
}

function Ticks({
  legend,
  items,
  chosen,
  onChange,
}: {
  legend: string;
  items: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  if (items.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs text-muted">{legend}</legend>
      <div className="grid max-h-48 gap-x-4 gap-y-1.5 overflow-y-auto sm:grid-cols-2">
        {items.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={<bdi className="break-words">{name}</bdi>}
            checked={chosen.includes(id)}
            onChange={() => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
          />
        ))}
      </div>
    </fieldset>
  );
}
