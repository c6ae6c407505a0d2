import { useNavigate, useParams } from '@tanstack/react-router';
import Plus from 'lucide-react/icons/plus';
import { changeSchedule, createSchedule, readSchedule, type ScheduleView } from '#respond/contract';
import { browserTimeZone, TimeZoneSelect } from '../access/time-zone-select.tsx';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { currentTime } from '../ui/clock.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { PreviewCalendar } from './calendar/preview-calendar.tsx';
import { documentOf, draftOf, emptyTurn, moved, newLayer, type ScheduleDraft } from './schedule-draft.ts';
import { ScheduleLayerField } from './schedule-layer-field.tsx';

const notices = [
  ['1440', 'a day before, and at the change'],
  ['60', 'an hour before, and at the change'],
  ['15', '15 minutes before, and at the change'],
  ['0', 'only at the change'],
  ['', 'not at all'],
] as const;
const mostLayers = 10;
const today = () => currentTime().toISOString().slice(0, 10);

export function NewScheduleScreen() {
  return <ScheduleForm schedule={undefined} />;
}

export function EditScheduleScreen() {
  const { scheduleId } = useParams({ from: '/shell/schedules/$scheduleId/edit' });
  const read = useRead(readSchedule, { params: { id: scheduleId } }, ['schedules']);
  return (
    <LoadedScreen read={read} title="Edit">
      {(schedule) => <ScheduleForm schedule={schedule} />}
    </LoadedScreen>
  );
}

/** Writes a new schedule, or the next version of one; beside it stands what it would come to. */
function ScheduleForm({ schedule }: { schedule: ScheduleView | undefined }) {
  const navigate = useNavigate();
  const { user } = useSession();
  const create = useAct(createSchedule, { touches: ['schedules'] });
  const change = useAct(changeSchedule, { touches: ['schedules'] });
  const form = useForm<ScheduleDraft>({
    initial: draftOf(schedule, { day: today(), zone: browserTimeZone(), userId: user.id }),
    refuse: ({ name }) => (name.trim() === '' ? { name: 'Give it a name.' } : {}),
    submit: async (draft) => {
      const body = documentOf(draft);
      const saved =
        schedule === undefined
          ? await create.mutateAsync({ body })
          : await change.mutateAsync({ params: { id: schedule.id }, body: { ...body, version: schedule.version } });
      toast({ text: schedule === undefined ? `${saved.name} is added` : `${saved.name}: version ${saved.version}` });
      await navigate({ to: '/schedules/$scheduleId', params: { scheduleId: saved.id } });
    },
  });
  return (
    <Page
      title={schedule === undefined ? 'Add a schedule' : `Edit ${schedule.name}`}
      below="What was before stays as it was: a change is a new version, which holds from its own time on."
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-7 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <form noValidate onSubmit={form.onSubmit} className="grid gap-6">
          <Panel className="grid gap-4 p-4 sm:grid-cols-2">
            <Field label="Name" error={form.error('name')}>
              <Input {...form.text('name')} placeholder="Payments, primary" />
            </Field>
            <Field label="Time zone" error={form.error('timeZone')}>
              <TimeZoneSelect value={form.values.timeZone} onChange={(zone) => form.set('timeZone', zone)} />
            </Field>
          </Panel>
          <Section title="Layers" aside="a later layer wins where it has somebody">
            <LayersField layers={form.values.layers} onChange={(layers) => form.set('layers', layers)} />
          </Section>
          <Panel className="grid gap-4 p-4">
            <Field
              label="Tell people of their shifts"
              hint="By the methods that their own rules name for low urgency."
              error={form.error('handOffMinutes')}
              className="max-w-72"
            >
              <Select {...form.text('handOffMinutes')}>
                {notices.some(([minutes]) => minutes === form.values.handOffMinutes) ? null : (
                  <option value={form.values.handOffMinutes}>{form.values.handOffMinutes} minutes before</option>
                )}
                {notices.map(([minutes, words]) => (
                  <option key={minutes} value={minutes}>
                    {words}
                  </option>
                ))}
              </Select>
            </Field>
            <Field
              label="Holds from"
              aside="on your clock"
              hint="Leave it empty to begin at once."
              error={form.error('effectiveFrom')}
              className="max-w-72"
            >
              <Input type="datetime-local" {...form.text('effectiveFrom')} />
            </Field>
            <ErrorNote error={form.problem} shown={form.fields.filter((field) => !field.startsWith('body.layers'))} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" busy={form.busy}>
                {schedule === undefined ? 'Add the schedule' : 'Save as a new version'}
              </Button>
              <Button
                onClick={() =>
                  void (schedule === undefined
                    ? navigate({ to: '/schedules' })
                    : navigate({ to: '/schedules/$scheduleId', params: { scheduleId: schedule.id } }))
                }
              >
                Cancel
              </Button>
            </div>
          </Panel>
        </form>
        <Section title="What it would come to" aside="nothing is saved yet" className="xl:sticky xl:top-16">
          <PreviewCalendar draft={form.values} scheduleId={schedule?.id} />
        </Section>
      </div>
    </Page>
  );
}

function LayersField({
  layers,
  onChange,
}: {
  layers: ScheduleDraft['layers'];
  onChange: (layers: ScheduleDraft['layers']) => void;
}) {
  return (
    <div className="grid gap-3">
      {layers.map((layer, index) => (
        <ScheduleLayerField
          key={index}
          number={index + 1}
          layer={layer}
          onChange={(next) => onChange(layers.with(index, next))}
          onUp={index === 0 ? undefined : () => onChange(moved(layers, index, index - 1))}
          onDown={index === layers.length - 1 ? undefined : () => onChange(moved(layers, index, index + 1))}
          onRemove={layers.length === 1 ? undefined : () => onChange(layers.toSpliced(index, 1))}
        />
      ))}
      <div>
        <Button
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={layers.length >= mostLayers}
          onClick={() => onChange([...layers, newLayer(`Layer ${layers.length + 1}`, today(), [emptyTurn])])}
        >
          Add a layer
        </Button>
      </div>
    </div>
  );
}
