import { askForCover, listPersonShifts, type PersonShiftView, type ScheduleView } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { currentTime, useMinute } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { formatAbsolute } from '../ui/format.ts';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import type { Stretch } from './calendar/span.ts';
import { onThisClock } from './this-clock.ts';

const isoText = (ms: number) => new Date(ms).toISOString();
const SIX_WEEKS_MS = 42 * 86_400_000;

/** Asks one person, or everybody in the schedule, for cover in one of one's shifts, maybe for one of theirs in return. */
export function CoverDialog({
  schedule,
  stretch,
  askedUserId: wanted = '',
  onClose,
}: {
  schedule: Pick<ScheduleView, 'id' | 'name'>;
  /** What is asked for, when it is known. */
  stretch?: Stretch;
  /** Who could take it, when somebody is thought of. */
  askedUserId?: string;
  onClose: () => void;
}) {
  const { user } = useSession();
  const people = (useMembers().data?.items ?? []).filter(({ id, active }) => active && id !== user.id);
  const ask = useAct(askForCover, { touches: ['schedules'] });
  const form = useForm({
    initial: {
      shift: stretch === undefined ? '' : [stretch.startMs, stretch.endMs].map(isoText).join(' '),
      startsAt: stretch === undefined ? '' : onThisClock(new Date(stretch.startMs)),
      endsAt: stretch === undefined ? '' : onThisClock(new Date(stretch.endMs)),
      askedUserId: wanted,
      inReturn: '',
      note: '',
    },
    refuse: ({ startsAt, endsAt }) => ({
      ...(startsAt === '' ? { startsAt: 'Say when it starts.' } : {}),
      ...(endsAt === '' ? { endsAt: 'Say when it ends.' } : {}),
      ...(endsAt !== '' && endsAt <= startsAt ? { endsAt: 'Ends before it starts.' } : {}),
    }),
    submit: async ({ startsAt, endsAt, askedUserId, inReturn, note }) => {
      const [from = '', to = ''] = inReturn.split(' ');
      await ask.mutateAsync({
        params: { id: schedule.id },
        body: {
          startsAt: new Date(Math.max(Date.parse(startsAt), currentTime().getTime())).toISOString(),
          endsAt: new Date(endsAt).toISOString(),
          askedUserId: askedUserId === '' ? null : askedUserId,
          ...(inReturn === '' || askedUserId === '' ? {} : { inReturn: { startsAt: from, endsAt: to } }),
          ...(note.trim() === '' ? {} : { note }),
        },
      });
      toast({ text: askedUserId === '' ? 'Everybody in the schedule is asked' : 'They are asked' });
      onClose();
    },
  });
  const choose = (shift: string) => {
    form.set('shift', shift);
    if (shift === '') return;
    const [from = '', to = ''] = shift.split(' ');
    form.set('startsAt', onThisClock(new Date(from)));
    form.set('endsAt', onThisClock(new Date(to)));
  };
  const { askedUserId } = form.values;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Ask for cover"
      description={`In ${schedule.name}. Nothing changes until somebody accepts.`}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Ask" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <ShiftSelect
          label="Your shift"
          userId={user.id}
          scheduleId={schedule.id}
          value={form.values.shift}
          none="choose one, or write the times below"
          onChange={choose}
        />
        <Field label="From" aside="on your clock" error={form.error('startsAt')}>
          <Input type="datetime-local" {...form.text('startsAt')} />
        </Field>
        <Field label="Until" aside="on your clock" error={form.error('endsAt')}>
          <Input type="datetime-local" {...form.text('endsAt')} />
        </Field>
        <Field label="Whom" error={form.error('askedUserId')} className="sm:col-span-2">
          <Select {...form.text('askedUserId')}>
            <option value="">everybody in the schedule</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {askedUserId === '' ? null : (
          <ShiftSelect
            label="In return you take"
            userId={askedUserId}
            scheduleId={schedule.id}
            value={form.values.inReturn}
            none="nothing"
            onChange={(shift) => form.set('inReturn', shift)}
          />
        )}
        <Field label="Note" aside="if you like" error={form.error('note')} className="sm:col-span-2">
          <Input {...form.text('note')} maxLength={200} />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} className="sm:col-span-2" />
      </div>
    </Dialog>
  );
}

/** One of a person's shifts in a schedule through the next six weeks, as `start end`. */
function ShiftSelect({
  label,
  userId,
  scheduleId,
  value,
  none,
  onChange,
}: {
  label: string;
  userId: string;
  scheduleId: string;
  value: string;
  none: string;
  onChange: (shift: string) => void;
}) {
  const now = useMinute();
  const to = new Date(now.getTime() + SIX_WEEKS_MS).toISOString();
  const read = useRead(listPersonShifts, { query: { userId, to } }, ['schedules'], { keepPrevious: true });
  const shifts = (read.data?.items ?? []).filter((shift) => shift.scheduleId === scheduleId && !shift.shadow);
  const key = ({ startsAt, endsAt }: PersonShiftView) => `${startsAt} ${endsAt}`;
  if (read.data !== undefined && shifts.length === 0)
    return <Note className="sm:col-span-2">No shift in this schedule within six weeks.</Note>;
  return (
    <Field label={label} className="sm:col-span-2">
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {shifts.map((shift) => (
          <option key={key(shift)} value={key(shift)}>
            {formatAbsolute(new Date(shift.startsAt), now)} to {formatAbsolute(new Date(shift.endsAt), now)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
