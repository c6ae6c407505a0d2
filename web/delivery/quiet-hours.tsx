import { readQuietHours, type QuietHoursView, saveQuietHours } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { ScheduleHoursField } from '../respond/schedule-hours-field.tsx';
import { hoursWords } from '../respond/schedule-words.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useForm } from '../ui/use-form.ts';

const said = {
  legend: 'Other pages wait',
  none: 'Never: they come at any time.',
  first: 'Set quiet hours',
  suggested: { days: [1, 2, 3, 4, 5, 6, 7], start: '22:00', end: '07:00' },
};

/** When other than urgent pages wait for you. */
export function QuietHours() {
  const read = useRead(readQuietHours, { query: {} }, ['settings']);
  return (
    <Section title="Quiet hours" aside="urgent pages never wait">
      <Loaded read={read} rows={1}>
        {(view) => <QuietHoursForm key={JSON.stringify(view.windows)} view={view} />}
      </Loaded>
    </Section>
  );
}

function QuietHoursForm({ view }: { view: QuietHoursView }) {
  const save = useAct(saveQuietHours, { touches: ['settings', 'members', 'policies'] });
  const form = useForm({
    initial: { windows: view.windows },
    refuse: ({ windows }) =>
      windows.some(({ days }) => days.length === 0) ? { windows: 'Choose at least one weekday in each line.' } : {},
    submit: async ({ windows }) => {
      await save.mutateAsync({ body: { windows } });
      toast({ text: windows.length === 0 ? 'No quiet hours any more' : 'Quiet hours are saved' });
    },
  });
  const { windows } = form.values;
  const changed = JSON.stringify(windows) !== JSON.stringify(view.windows);
  return (
    <Panel className="p-4">
      <form onSubmit={form.onSubmit} className="grid gap-3">
        <ScheduleHoursField
          of="your quiet hours"
          restrictions={windows}
          onChange={(next) => form.set('windows', next)}
          said={said}
        />
        <p className="text-xs text-muted">
          By your clock, {view.timeZone}. What waits comes at the end, unless it is over by then. Others in the policy
          are asked in the meantime.
        </p>
        {changed || view.windows.length === 0 ? null : (
          <p className="text-sm">
            {view.quietUntil === null ? (
              <>They do not run now: {hoursWords(view.windows)}.</>
            ) : (
              <>
                They run now, until <RelativeTime at={view.quietUntil} show="absolute" />.
              </>
            )}
          </p>
        )}
        <ErrorNote error={form.problem} shown={[]} />
        {form.error('windows') === undefined ? null : <p className="text-sm text-bad-text">{form.error('windows')}</p>}
        {changed ? (
          <div className="flex gap-2">
            <Button type="submit" variant="primary" busy={form.busy}>
              Save quiet hours
            </Button>
            <Button type="button" onClick={() => form.reset({ windows: view.windows })}>
              Cancel
            </Button>
          </div>
        ) : null}
      </form>
    </Panel>
  );
}
