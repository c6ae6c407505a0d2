import type { ScheduleOverrideView } from '#respond/contract';
import { currentTime } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useForm } from '../ui/use-form.ts';
import type { Stretch } from './calendar/span.ts';
import { fieldInstant, fieldTime } from './calendar/zone.ts';
import { SpanFields } from './override-dialog.tsx';

/** Other times for an override: what dragging its edges does, by keyboard and to the minute. */
export function OverrideTimesDialog({
  override,
  zone,
  onMove,
  onClose,
}: {
  override: ScheduleOverrideView;
  zone: string;
  /** Resolves when it is moved, rejects with what the server says. */
  onMove: (stretch: Stretch) => Promise<unknown>;
  onClose: () => void;
}) {
  const before = { startMs: Date.parse(override.startsAt), endMs: Date.parse(override.endsAt) };
  const untouched = { startsAt: fieldTime(before.startMs, zone), endsAt: fieldTime(before.endMs, zone) };
  const isBegun = before.startMs < currentTime().getTime();
  const spanOf = ({ startsAt, endsAt }: typeof untouched): Stretch => ({
    startMs: startsAt === untouched.startsAt ? before.startMs : fieldInstant(startsAt, zone),
    endMs: endsAt === untouched.endsAt ? before.endMs : fieldInstant(endsAt, zone),
  });
  const form = useForm({
    initial: untouched,
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
    submit: async (values) => {
      await onMove(spanOf(values));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Change its times"
      description={isBegun ? 'It has begun, so only its end moves: the past never changes.' : undefined}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Change" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <SpanFields form={form} zone={zone} stretch={spanOf(form.values)} isBegun={isBegun} />
        <ErrorNote error={form.problem} shown={form.fields} className="sm:col-span-2" />
      </div>
    </Dialog>
  );
}
