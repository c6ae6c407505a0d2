import { createScheduleOverride, type ScheduleOverrideView, type ScheduleView } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { browserTimeZone } from '../access/time-zone-select.tsx';
import { useAct } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { currentTime } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import type { Stretch } from './calendar/span.ts';
import { stretchWords, zoneName } from './calendar/words.ts';
import { fieldInstant, fieldTime } from './calendar/zone.ts';

const HOUR_MS = 3_600_000;

/** What is known of an override before it is written. */
export type OverrideWish = {
  readonly kind?: 'add' | 'remove' | 'replace';
  readonly replacedUserId?: string;
  readonly stretch?: Stretch;
};

/** Adds, removes or replaces somebody for a span, on the clock of the schedule. Members put only themselves on call. */
export function OverrideDialog({
  schedule,
  wish = {},
  onClose,
  onMade,
}: {
  schedule: Pick<ScheduleView, 'id' | 'name' | 'timeZone'>;
  wish?: OverrideWish;
  onClose: () => void;
  onMade: (override: ScheduleOverrideView) => void;
}) {
  const { user } = useSession();
  const mayManage = useMay('schedules.manage');
  const people = (useMembers().data?.items ?? []).filter(({ active }) => active);
  const create = useAct(createScheduleOverride, { touches: ['schedules'] });
  const zone = schedule.timeZone;
  const now = currentTime().getTime();
  const asked = wish.stretch ?? { startMs: now, endMs: now + 4 * HOUR_MS };
  // Written times are whole minutes and may come twice; what is not touched stays the instant that it was.
  const untouched = { startsAt: fieldTime(asked.startMs, zone), endsAt: fieldTime(asked.endMs, zone) };
  const spanOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): Stretch => ({
    startMs: startsAt === untouched.startsAt ? asked.startMs : fieldInstant(startsAt, zone),
    endMs: endsAt === untouched.endsAt ? asked.endMs : fieldInstant(endsAt, zone),
  });
  const other = people.find(({ id }) => id !== wish.replacedUserId)?.id ?? user.id;
  const form = useForm({
    initial: {
      kind: wish.kind ?? 'replace',
      userId: wish.replacedUserId === user.id && mayManage ? other : user.id,
      replacedUserId: wish.replacedUserId === user.id && !mayManage ? '' : (wish.replacedUserId ?? ''),
      ...untouched,
      reason: '',
    },
    refuse: (values) => {
      const { startMs, endMs } = spanOf(values);
      return {
        ...(Number.isNaN(startMs) ? { startsAt: 'Say when it starts.' } : {}),
        ...(Number.isNaN(endMs)
          ? { endsAt: 'Say when it ends.' }
          : endMs <= startMs
            ? { endsAt: 'Ends before it starts.' }
            : {}),
      };
    },
    submit: async ({ kind, userId, replacedUserId, reason, ...times }) => {
      const { startMs, endMs } = spanOf(times);
      const made = await create.mutateAsync({
        params: { id: schedule.id },
        body: {
          kind,
          userId,
          ...(kind === 'replace' && replacedUserId !== '' ? { replacedUserId } : {}),
          // What stands there from the start is now, and a clock that is read twice has moved on.
          startsAt: new Date(
            times.startsAt === untouched.startsAt ? Math.max(startMs, currentTime().getTime()) : startMs,
          ).toISOString(),
          endsAt: new Date(endMs).toISOString(),
          ...(reason.trim() === '' ? {} : { reason }),
        },
      });
      onClose();
      onMade(made);
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
      footer={<FormActs act="Override" busy={form.busy} onCancel={onClose} />}
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
        <SpanFields form={form} zone={zone} stretch={spanOf(form.values)} />
        <Field label="Reason" aside="if you like" error={form.error('reason')} className="sm:col-span-2">
          <Input {...form.text('reason')} maxLength={200} />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} className="sm:col-span-2" />
      </div>
    </Dialog>
  );
}

type TimesForm = Pick<ReturnType<typeof useForm<{ startsAt: string; endsAt: string }>>, 'text' | 'error'>;

/** From and until on the clock of a schedule; what that is on the reader's own clock stands below when it differs. */
export function SpanFields({
  form,
  zone,
  stretch,
  isBegun = false,
}: {
  form: TimesForm;
  zone: string;
  stretch: Stretch;
  isBegun?: boolean;
}) {
  const own = browserTimeZone();
  const isElsewhere = fieldTime(stretch.startMs || 0, own) !== fieldTime(stretch.startMs || 0, zone);
  const isComplete = !Number.isNaN(stretch.startMs) && !Number.isNaN(stretch.endMs);
  return (
    <>
      <Field label="From" error={form.error('startsAt')}>
        <Input type="datetime-local" {...form.text('startsAt')} disabled={isBegun} />
      </Field>
      <Field label="Until" error={form.error('endsAt')}>
        <Input type="datetime-local" {...form.text('endsAt')} />
      </Field>
      <p className="num text-xs text-muted sm:col-span-2">
        Times in {zoneName(zone)}.
        {isElsewhere && isComplete && stretch.endMs > stretch.startMs
          ? ` On your clock: ${stretchWords(stretch, own)}.`
          : null}
      </p>
    </>
  );
}
