import { type Monitor, startDrill } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Says what a drill does before it does it. */
export function DrillDialog({ monitor, onClose }: { monitor: Monitor; onClose: () => void }) {
  const start = useAct(startDrill, { touches: ['monitors', 'alerts', 'pages'] });
  const form = useForm({
    initial: { seconds: '600' },
    submit: async ({ seconds }) => {
      await start.mutateAsync({ params: { id: monitor.id }, body: { seconds: Number(seconds) } });
      toast({ text: 'The drill has begun' });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Drill ${monitor.name}`}
      description="From now on it behaves as down."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Begin the drill" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <ul className="list-disc space-y-1 pl-5">
          <li>An alert opens and people are paged for real, marked as a drill.</li>
          <li>Nothing of it is ever public, and it stays out of the figures.</li>
          <li>Real checks go on; a real failure ends the drill at once.</li>
        </ul>
        <Field label="For">
          <Select {...form.text('seconds')}>
            <option value="120">2 minutes</option>
            <option value="600">10 minutes</option>
            <option value="1800">30 minutes</option>
            <option value="3600">an hour</option>
          </Select>
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
