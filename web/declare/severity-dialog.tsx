import { changeSeverityRoute, type IncidentView, readSeverityPolicyRoute } from '#declare/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { topicsOf } from './open-states.ts';
import { SeverityCards } from './severity-cards.tsx';

export function SeverityDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const policy = useRead(readSeverityPolicyRoute, {}, ['policies']);
  const change = useAct(changeSeverityRoute, {
    touches: [...topicsOf(incident.id), 'promises', 'pages'],
    onDone: (after) => {
      toast({ text: `Severity is ${after.severity}` });
      onClose();
    },
  });
  const form = useForm({
    initial: { severity: incident.severity, reason: '' },
    submit: (body) => change.mutateAsync({ params: { id: incident.id }, body }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Severity"
      description="Raising it does what the higher level asks for. Lowering it calls nobody back, and relaxes the cadence."
      onSubmit={form.onSubmit}
      footer={
        <FormActs
          act={
            form.values.severity === incident.severity
              ? `Confirm ${incident.severity}`
              : `Change to ${form.values.severity}`
          }
          busy={form.busy}
          onCancel={onClose}
        />
      }
    >
      <div className="grid gap-4">
        <SeverityCards
          policy={policy.data}
          value={form.values.severity}
          onChange={(severity) => form.set('severity', severity)}
        />
        <Field label="Why?" hint="One line for the timeline" error={form.error('reason')}>
          <Input {...form.text('reason')} />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
