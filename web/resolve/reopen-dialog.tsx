import type { IncidentView } from '#declare/contract';
import { reopenIncidentRoute } from '#resolve/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

export function ReopenDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const reopen = useAct(reopenIncidentRoute, {
    touches: [...topicsOf(incident.id), 'promises', 'pages', 'status-pages'],
    onDone: () => {
      toast({ text: `${incident.reference} is open again` });
      onClose();
    },
  });
  const form = useForm({
    initial: { reason: '' },
    submit: (body) => reopen.mutateAsync({ params: { id: incident.id }, body }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Is it back?"
      description="The same incident goes on, with a new stretch of impact and new clocks."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Reopen" busy={form.busy} onCancel={onClose} />}
    >
      <Field label="What came back?" error={form.error('reason')}>
        <Input autoFocus {...form.text('reason')} />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}
