import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input } from '../ui/input.tsx';
import { localInput } from '../ui/local-input.ts';
import { useForm } from '../ui/use-form.ts';
import type { Span, SpanSearch } from './span.ts';

const instant = (at: string | Date) => new Date(at).toISOString();

/** Asks for a stretch of time by its two ends, in the reader's own zone. */
export function SpanDialog({
  span,
  onChoose,
  onClose,
}: {
  span: Span;
  onChoose: (chosen: SpanSearch) => void;
  onClose: () => void;
}) {
  const form = useForm({
    initial: { from: localInput(new Date(span.from * 1_000)), to: localInput(new Date(span.to * 1_000)) },
    refuse: ({ from, to }) => {
      if (Number.isNaN(Date.parse(from))) return { from: 'Choose a day and a time.' };
      if (Date.parse(from) > Date.now()) return { from: 'Choose a time that has been.' };
      if (Number.isNaN(Date.parse(to))) return { to: 'Choose a day and a time.' };
      return Date.parse(from) < Date.parse(to) ? {} : { to: 'Choose a time after the beginning.' };
    },
    submit: async ({ from, to }) => {
      onChoose({ from: instant(from), to: instant(Date.parse(to) > Date.now() ? new Date() : to) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="From when to when"
      description="Uptime goes back as far as the monitor does, response times 100 days."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Show" busy={form.busy} onCancel={onClose} />}
      size="sm"
    >
      <div className="grid gap-4">
        <Field label="From" error={form.error('from')}>
          <Input type="datetime-local" {...form.text('from')} />
        </Field>
        <Field label="To" error={form.error('to')}>
          <Input type="datetime-local" {...form.text('to')} />
        </Field>
      </div>
    </Dialog>
  );
}
