import { listServices, patchService, postService, type Service } from '#monitor/contract';
import { listEscalationPolicies } from '#respond/contract';
import { useAct, useAll, useRead } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { ServiceChecks } from './service-checks.tsx';

/** Names a service, says who is paged for it and what it needs in order to work. */
export function ServiceDialog({ service, onClose }: { service?: Service | undefined; onClose: () => void }) {
  const services = useAll(listServices, {}, ['monitors']).data?.items ?? [];
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']);
  const touches = ['monitors', 'policies', 'alerts', 'pages'];
  const create = useAct(postService, { touches });
  const change = useAct(patchService, { touches });
  const form = useForm({
    initial: {
      name: service?.name ?? '',
      escalationPolicyId: service?.escalationPolicyId ?? '',
      dependsOn: service?.dependsOn ?? [],
    },
    refuse: ({ name }) => (name.trim() === '' ? { name: 'Give it a name.' } : {}),
    submit: async ({ escalationPolicyId, ...rest }) => {
      const body = { ...rest, escalationPolicyId: escalationPolicyId === '' ? null : escalationPolicyId };
      if (service === undefined) await create.mutateAsync({ body });
      else await change.mutateAsync({ params: { id: service.id }, body });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={service === undefined ? 'Add a service' : `Edit ${service.name}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act={service === undefined ? 'Add it' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} dir="auto" placeholder="Checkout" />
        </Field>
        <Field label="Who is paged" error={form.error('escalationPolicyId')}>
          <Select {...form.text('escalationPolicyId')}>
            <option value="">By the default escalation policy</option>
            {policies.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <ServiceChecks
          legend="What it needs in order to work"
          services={services.filter(({ id }) => id !== service?.id)}
          chosen={form.values.dependsOn}
          error={form.error('dependsOn')}
          onChange={(dependsOn) => form.set('dependsOn', dependsOn)}
        />
        <p className="text-xs text-muted">
          While one of these is down, alerts of this service ask nobody and say why. If it has not recovered two minutes
          after them, it asks.
        </p>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
