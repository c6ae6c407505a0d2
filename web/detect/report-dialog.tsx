import { useNavigate } from '@tanstack/react-router';
import { reportProblem } from '#detect/contract';
import { listServices } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useAll } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

type Severity = 'critical' | 'error' | 'warning' | 'info';

/** Somebody inside noticed what no monitor did. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const services = useAll(listServices, {}, ['monitors']);
  const report = useAct(reportProblem, {
    touches: ['alerts'],
    onDone: (alert) => {
      toast({ text: alert.count > 1 ? 'Added to the alert that was open' : 'Reported' });
      onClose();
      void navigate({ to: '/alerts/$alertId', params: { alertId: alert.id } });
    },
  });
  const form = useForm({
    initial: { title: '', serviceId: '', severity: 'error', details: '' },
    keep: 'report',
    submit: ({ title, serviceId, severity, details }) =>
      report.mutateAsync({
        body: {
          title,
          severity: severity as Severity,
          ...(serviceId === '' ? {} : { serviceId }),
          ...(details.trim() === '' ? {} : { details }),
        },
      }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Report a problem"
      onSubmit={form.onSubmit}
      footer={<FormActs act="Report" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="What is wrong?" error={form.error('title')}>
          <Input {...form.text('title')} dir="auto" placeholder="Invoices are sent twice" />
        </Field>
        <Field label="Service" aside="optional" hint="Decides who is paged." error={form.error('serviceId')}>
          <Select {...form.text('serviceId')}>
            <option value="">I do not know</option>
            {services.data?.items.map((service) => (
              <option key={service.id} value={service.id}>
                {service.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="How bad?" error={form.error('severity')}>
          <Select {...form.text('severity')}>
            <option value="critical">Critical: pages now, and asks for an incident</option>
            <option value="error">Error: pages now</option>
            <option value="warning">Warning: somebody looks when they can</option>
            <option value="info">Info: only to know</option>
          </Select>
        </Field>
        <Field label="Details" aside="optional" error={form.error('details')}>
          <Textarea {...form.text('details')} placeholder="What you saw, where, since when" />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
