import {
  changeMaintenanceWindow,
  createMaintenanceWindow,
  type MaintenanceWindowView,
  type Service,
} from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { localInput } from '../ui/local-input.ts';
import { useForm } from '../ui/use-form.ts';
import { ServiceChecks } from './service-checks.tsx';

const HOUR_MS = 3_600_000;

/** Plans maintenance of some services, or moves what is planned or running. */
export function MaintenanceDialog({
  window,
  services,
  onClose,
}: {
  window?: MaintenanceWindowView | undefined;
  services: readonly Service[];
  onClose: () => void;
}) {
  const touches = ['maintenance', 'alerts', 'pages'];
  const create = useAct(createMaintenanceWindow, { touches });
  const change = useAct(changeMaintenanceWindow, { touches });
  const began = window?.state === 'running';
  const form = useForm({
    initial: {
      title: window?.title ?? '',
      serviceIds: window?.serviceIds ?? [],
      startsAt: localInput(window === undefined ? new Date() : new Date(window.startsAt)),
      endsAt: localInput(window === undefined ? new Date(Date.now() + HOUR_MS) : new Date(window.endsAt)),
    },
    refuse: ({ title, serviceIds, startsAt, endsAt }) => ({
      ...(title.trim() === '' ? { title: 'Say what is done.' } : {}),
      ...(serviceIds.length === 0 ? { serviceIds: 'Choose at least one service.' } : {}),
      ...(Number.isNaN(Date.parse(startsAt)) ? { startsAt: 'Choose a day and a time.' } : {}),
      ...(Number.isNaN(Date.parse(endsAt)) ? { endsAt: 'Choose a day and a time.' } : {}),
    }),
    submit: async ({ startsAt: start, endsAt: end, ...rest }) => {
      const endsAt = new Date(end).toISOString();
      const startsAt = new Date(start).toISOString();
      if (window === undefined) {
        const { state } = await create.mutateAsync({ body: { ...rest, startsAt, endsAt } });
        toast({ text: state === 'running' ? 'The maintenance has begun' : 'Planned' });
      } else {
        await change.mutateAsync({
          params: { id: window.id },
          body: { ...rest, endsAt, ...(began ? {} : { startsAt }) },
        });
        toast({ text: 'Saved' });
      }
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={window === undefined ? 'Plan maintenance' : `Edit ${window.title}`}
      description="What fails of these services meanwhile asks nobody. What is still broken at the end asks then."
      onSubmit={form.onSubmit}
      footer={<FormActs act={window === undefined ? 'Plan it' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="What is done" error={form.error('title')}>
          <Input {...form.text('title')} dir="auto" placeholder="New disks for the database" />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="From" error={form.error('startsAt')}>
            <Input type="datetime-local" disabled={began} {...form.text('startsAt')} />
          </Field>
          <Field label="Until" error={form.error('endsAt')}>
            <Input type="datetime-local" {...form.text('endsAt')} />
          </Field>
        </div>
        <ServiceChecks
          legend="Services, and everything that needs them"
          services={services}
          chosen={form.values.serviceIds}
          error={form.error('serviceIds')}
          onChange={(serviceIds) => form.set('serviceIds', serviceIds)}
        />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
