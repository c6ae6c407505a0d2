import { useEffect, useState } from 'react';
import { type CalendarPlanView, importCalendar, planCalendarImport, type ScheduleView } from '#respond/contract';
import { useMembers, usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { formatAbsolute, plural } from '../ui/format.ts';
import { Input, Select } from '../ui/input.tsx';

const mostShown = 30;

/** Reads an .ics file, shows what it would come to, and only then writes it as overrides. */
export function ImportDialog({ schedule, onClose }: { schedule: ScheduleView; onClose: () => void }) {
  const [ics, setIcs] = useState('');
  const [meant, setMeant] = useState<Readonly<Record<string, string>>>({});
  const plan = useAct(planCalendarImport);
  const apply = useAct(importCalendar, {
    touches: ['schedules'],
    onDone: ({ stretches }) => {
      toast({ text: `${plural(stretches.length, 'stretch', 'stretches')} of ${schedule.name} overridden` });
      onClose();
    },
  });
  const people = Object.entries(meant).map(([summary, userId]) => ({ summary, userId }));
  const input = { params: { id: schedule.id }, body: { ics, people } };
  const { mutate } = plan;
  useEffect(() => {
    if (ics !== '')
      mutate({
        params: { id: schedule.id },
        body: { ics, people: Object.entries(meant).map(([summary, userId]) => ({ summary, userId })) },
      });
  }, [mutate, schedule.id, ics, meant]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Import a calendar into ${schedule.name}`}
      description="Its entries become overrides, from now on and at most a year ahead. You see them before anything is written."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={apply.isPending}
            disabled={plan.data === undefined || plan.data.stretches.length === 0}
            onClick={() => apply.mutate(input)}
          >
            Write the overrides
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="File" aside=".ics">
          <Input
            type="file"
            accept=".ics,text/calendar"
            className="pt-1"
            onChange={(event) => void event.target.files?.[0]?.text().then(setIcs)}
          />
        </Field>
        <ErrorNote error={plan.error ?? apply.error} />
        {plan.data === undefined ? null : (
          <Plan plan={plan.data} timeZone={schedule.timeZone} meant={meant} onMean={setMeant} />
        )}
      </div>
    </Dialog>
  );
}

function Plan({
  plan,
  timeZone,
  meant,
  onMean,
}: {
  plan: CalendarPlanView;
  timeZone: string;
  meant: Readonly<Record<string, string>>;
  onMean: (meant: Readonly<Record<string, string>>) => void;
}) {
  const now = useMinute();
  const nameOf = usePersonName();
  const people = (useMembers().data?.items ?? []).filter(({ active }) => active);
  const titles = [...new Set([...plan.unknown, ...Object.keys(meant)])];
  return (
    <>
      {titles.length === 0 ? null : (
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-sm font-medium">Who is meant by</legend>
          {titles.slice(0, mostShown).map((title) => (
            <label key={title} className="grid grid-cols-2 items-center gap-3">
              <bdi className="min-w-0 break-words">{title === '' ? 'an entry without a title' : title}</bdi>
              <Select
                value={meant[title] ?? ''}
                onChange={(event) => {
                  const { [title]: _before, ...rest } = meant;
                  onMean(event.target.value === '' ? rest : { ...rest, [title]: event.target.value });
                }}
              >
                <option value="">nobody: leave it out</option>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </label>
          ))}
        </fieldset>
      )}
      {plan.stretches.length === 0 ? (
        <Note tone="warn">No entry from now on names somebody in this workspace.</Note>
      ) : (
        <ul className="grid gap-1 text-sm">
          {plan.stretches.slice(0, mostShown).map(({ startsAt, endsAt, userIds }) => (
            <li key={startsAt}>
              <span className="num text-xs text-muted">
                {formatAbsolute(new Date(startsAt), now, timeZone)} to {formatAbsolute(new Date(endsAt), now, timeZone)}
              </span>{' '}
              <bdi>{userIds.map(nameOf).join(', ')}</bdi>
            </li>
          ))}
        </ul>
      )}
      {plan.stretches.length > mostShown ? (
        <p className="text-xs text-muted">and {plan.stretches.length - mostShown} more</p>
      ) : null}
    </>
  );
}
