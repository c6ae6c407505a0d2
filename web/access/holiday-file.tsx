import { type HolidayView, previewHolidays } from '#access/contract';
import { useAct } from '../data/query.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';

/** Reads the whole days of a calendar file, and hands them on to be looked at before they are saved. */
export function HolidayFile({ onDays }: { onDays: (days: readonly HolidayView[]) => void }) {
  const read = useAct(previewHolidays, { onDone: ({ items }) => onDays(items) });
  const left = read.data?.leftOutEntries ?? 0;
  return (
    <div className="grid gap-2">
      <Field label="Or take them from a file" aside=".ics" hint="Its whole days are added to the lines above.">
        <Input
          type="file"
          accept=".ics,text/calendar"
          className="pt-1"
          onChange={(event) =>
            void event.target.files?.[0]?.text().then((ics) => read.mutate({ body: { ics, country: null } }))
          }
        />
      </Field>
      <ErrorNote error={read.error} />
      {read.data === undefined ? null : (
        <p role="status" className="text-xs text-muted">
          {plural(read.data.items.length, 'day')} read
          {left === 0 ? '' : `; ${plural(left, 'entry', 'entries')} with a time of day left out`}.
        </p>
      )}
    </div>
  );
}
