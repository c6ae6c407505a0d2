import { createScheduleOverride, type ScheduleView } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { currentTime } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { onThisClock } from './this-clock.ts';

const HOUR_MS = 3_600_000;

/** Adds, removes or replaces somebody for a span. Members put only themselves on call. */
export function OverrideDialog({ schedule, onClose }: { schedule: ScheduleView; onClose: () => void }) {
  const { user } = useSession();
  const mayManage = useMay('schedules.manage');
  const people = (useMembers().data?.items ?? []).filter(({ active }) => active);
  const create = useAct(createScheduleOverride, { touches: ['schedules'] });
  const now = currentTime();
  const form = useForm({
    initial: {
      kind: 'replace',
      userId: user.id,
      replacedUserId: '',
      startsAt: onThisClock(now),
      endsAt: onThisClock(new Date(now.getTime() + 4 * HOUR_MS)),
      reason: '',
    },
    refuse: ({ startsAt, endsAt }) => ({
      ...(startsAt === '' ? { startsAt: 'Say when it starts.' } : {}),
      ...(endsAt === ''
        ? { endsAt: 'Say when it ends.' }
        : endsAt <= startsAt
          ? { endsAt: 'Ends before it starts.' }
          : {}),
    }),
    submit: async ({ kind, userId, replacedUserId, startsAt, endsAt, reason }) => {
      await create.mutateAsync({
        params: { id: schedule.id },
        body: {
          kind: kind as 'add' | 'remove' | 'replace',
          userId,
          ...(kind === 'replace' && replacedUserId !== '' ? { replacedUserId } : {}),
          // What stands there from the start is now, and a clock that is read twice has moved on.
          startsAt: new Date(Math.max(Date.parse(startsAt), currentTime().getTime())).toISOString(),
          endsAt: new Date(endsAt).toISOString(),
          ...(reason.trim() === '' ? {} : { reason }),
        },
      });
      toast({ text: `${schedule.name} is overridden` });
      onClose();
    },
  });
  const { kind } = form.values;
  const who = people.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Override ${schedule.name}`}
      description={
        mayManage
          ? 'For one span; the layers stay as they are.'
          : 'You put yourself on call; owners and admins may change others.'
      }
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            Override
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="What" error={form.error('kind')}>
          <Select {...form.text('kind')}>
            <option value="replace">somebody takes a place</option>
            <option value="add">somebody is on call too</option>
            {mayManage ? <option value="remove">somebody is taken off</option> : null}
          </Select>
        </Field>
        <Field label="Who" error={form.error('userId')}>
          <Select {...form.text('userId')} disabled={!mayManage}>
            {who}
          </Select>
        </Field>
        {kind === 'replace' ? (
          <Field label="In the place of" error={form.error('replacedUserId')} className="sm:col-span-2">
            <Select {...form.text('replacedUserId')}>
              <option value="">everybody who is on call</option>
              {who}
            </Select>
          </Field>
        ) : null}
        <Field label="From" aside="on your clock" error={form.error('startsAt')}>
          <Input type="datetime-local" {...form.text('startsAt')} />
        </Field>
        <Field label="Until" aside="on your clock" error={form.error('endsAt')}>
          <Input type="datetime-local" {...form.text('endsAt')} />
        </Field>
        <Field label="Reason" aside="if you like" error={form.error('reason')} className="sm:col-span-2">
          <Input {...form.text('reason')} maxLength={200} />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} className="sm:col-span-2" />
      </div>
    </Dialog>
  );
}
