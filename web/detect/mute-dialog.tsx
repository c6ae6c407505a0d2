import { type AlertView, type Condition, createMute } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { Input, Textarea } from '../ui/input.tsx';
import { localInput } from '../ui/local-input.ts';
import { useForm } from '../ui/use-form.ts';
import { ConditionFields } from './condition-fields.tsx';

const TWO_HOURS_MS = 7_200_000;

/** Conditions that take an alert and what is like it: its labels, else its title. */
export function matchOf(alert: Pick<AlertView, 'labels' | 'title'>): Condition[] {
  const title: Condition = { field: 'title', op: 'is', values: [alert.title.slice(0, 500)] };
  const { source } = alert.labels;
  // Much else may be wrong where it comes from.
  if (source !== undefined)
    return [title, { field: 'label', name: 'source', op: 'is', values: [source.slice(0, 500)] }];
  const labels = Object.entries(alert.labels).slice(0, 5);
  if (labels.length === 0) return [title];
  return labels.map(([name, value]) => ({ field: 'label', name, op: 'is', values: [value.slice(0, 500)] }));
}

/** Keeps alerts that match quiet until a time, with a reason that others can read. */
export function MuteDialog({ match, onClose }: { match: readonly Condition[]; onClose: () => void }) {
  const create = useAct(createMute, {
    touches: ['settings', 'alerts', 'pages'],
    onDone: ({ alertCount }) => {
      toast({ text: alertCount === 0 ? 'Muted' : `Muted, and with it ${plural(alertCount, 'open alert')}` });
      onClose();
    },
  });
  const form = useForm({
    initial: { match: [...match], reason: '', endsAt: localInput(new Date(Date.now() + TWO_HOURS_MS)) },
    refuse: ({ endsAt }) => (Number.isNaN(Date.parse(endsAt)) ? { endsAt: 'Choose a day and a time.' } : {}),
    submit: ({ endsAt, ...rest }) => create.mutateAsync({ body: { ...rest, endsAt: new Date(endsAt).toISOString() } }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Mute alerts"
      description="Those that match ask nobody until the end. They stay visible under Quiet."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Mute" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <ConditionFields match={form.values.match} onChange={(next) => form.set('match', next)} />
        <Field label="Until" error={form.error('endsAt')}>
          <Input type="datetime-local" {...form.text('endsAt')} />
        </Field>
        <Field label="Reason" error={form.error('reason')}>
          <Textarea {...form.text('reason')} dir="auto" rows={2} placeholder="The database is being moved." />
        </Field>
        <ErrorNote error={form.problem} shown={['endsAt', 'reason'].filter((name) => form.fields.includes(name))} />
      </div>
    </Dialog>
  );
}
