import { createAbsence, readAbsenceEffects } from '#respond/contract';
import { useMembers, usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { currentTime } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useForm } from '../ui/use-form.ts';
import { onThisClock } from './this-clock.ts';

const DAY_MS = 86_400_000;

/** Says that somebody is away, and shows before it is saved which shifts miss them and who is on call instead. */
export function AbsenceDialog({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const mayManage = useMay('schedules.manage');
  const people = (useMembers().data?.items ?? []).filter(({ active }) => active);
  const create = useAct(createAbsence, { touches: ['schedules'] });
  const now = currentTime();
  const form = useForm({
    initial: {
      userId: user.id,
      startsAt: onThisClock(now),
      endsAt: onThisClock(new Date(now.getTime() + 7 * DAY_MS)),
      reason: '',
    },
    refuse: ({ startsAt, endsAt }) => ({
      ...(startsAt === '' ? { startsAt: 'Say when it starts.' } : {}),
      ...(endsAt === '' ? { endsAt: 'Say when it ends.' } : {}),
      ...(endsAt !== '' && endsAt <= startsAt ? { endsAt: 'Ends before it starts.' } : {}),
    }),
    submit: async ({ userId, startsAt, endsAt, reason }) => {
      await create.mutateAsync({
        body: {
          userId,
          startsAt: new Date(Math.max(Date.parse(startsAt), currentTime().getTime())).toISOString(),
          endsAt: new Date(endsAt).toISOString(),
          ...(reason.trim() === '' ? {} : { reason }),
        },
      });
      toast({ text: 'The schedules know it' });
      onClose();
    },
  });
  const { userId, startsAt, endsAt } = form.values;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Be away"
      description="Schedules pass over who is away; each layer says who stands in. A policy that names them still pages them."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Be away" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Who" error={form.error('userId')}>
          <Select {...form.text('userId')} disabled={!mayManage}>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Reason" aside="if you like" error={form.error('reason')}>
          <Input {...form.text('reason')} maxLength={200} />
        </Field>
        <Field label="From" aside="on your clock" error={form.error('startsAt')}>
          <Input type="datetime-local" {...form.text('startsAt')} />
        </Field>
        <Field label="Until" aside="on your clock" error={form.error('endsAt')}>
          <Input type="datetime-local" {...form.text('endsAt')} />
        </Field>
        <div className="sm:col-span-2">
          {startsAt !== '' && endsAt > startsAt ? (
            <Effects userId={userId} startsAt={startsAt} endsAt={endsAt} />
          ) : null}
        </div>
        <ErrorNote error={form.problem} shown={form.fields} className="sm:col-span-2" />
      </div>
    </Dialog>
  );
}

function Effects({ userId, startsAt, endsAt }: { userId: string; startsAt: string; endsAt: string }) {
  const nameOf = usePersonName();
  const query = { userId, startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
  const read = useRead(readAbsenceEffects, { query }, ['schedules'], { keepPrevious: true });
  return (
    <Loaded read={read} rows={2}>
      {({ effects }) =>
        effects.length === 0 ? (
          <Note tone="ok">No shift falls into it.</Note>
        ) : (
          <ul className="grid gap-1.5">
            {effects.map((effect) => (
              <li key={`${effect.scheduleId} ${effect.startsAt}`} className="text-sm">
                <bdi className="font-medium">{effect.scheduleName}</bdi>{' '}
                <span className="text-xs text-muted">
                  <RelativeTime at={effect.startsAt} show="absolute" /> to{' '}
                  <RelativeTime at={effect.endsAt} show="absolute" />
                </span>
                :{' '}
                {effect.insteadIds.length === 0 ? (
                  <span className="font-medium text-bad-text">nobody instead</span>
                ) : (
                  <bdi>{effect.insteadIds.map(nameOf).join(', ')}</bdi>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
