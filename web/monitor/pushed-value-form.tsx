import { useNavigate } from '@tanstack/react-router';
import { type Monitor, patchPushedValue } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { FormEnd } from './form-end.tsx';
import { bodyOfValueDraft, refuseValueDraft, valueDraftOf } from './pushed-value-draft.ts';
import { PushedValueFields } from './pushed-value-fields.tsx';
import { ServiceSelect } from './service-select.tsx';

export function PushedValueForm({
  monitor,
  pushedValue,
}: {
  monitor: Monitor;
  pushedValue: NonNullable<Monitor['pushedValue']>;
}) {
  const navigate = useNavigate();
  const params = { id: monitor.id };
  const save = useAct(patchPushedValue, { touches: ['monitors', `monitor:${monitor.id}`] });
  const form = useForm({
    initial: { name: monitor.name, serviceId: monitor.serviceId, ...valueDraftOf(pushedValue) },
    refuse: refuseValueDraft,
    submit: async ({ name, serviceId, ...draft }) => {
      await save.mutateAsync({ params, body: { name, serviceId, ...bodyOfValueDraft(draft) } });
      toast({ text: 'Saved; the next value is judged by it' });
      await navigate({ to: '/monitors/$monitorId', params: { monitorId: monitor.id } });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <Panel className="grid gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={form.error('name')}>
            <Input {...form.text('name')} />
          </Field>
          <Field label="Service" error={form.error('serviceId')}>
            <ServiceSelect value={form.values.serviceId} onChange={(id) => form.set('serviceId', id)} />
          </Field>
        </div>
        <PushedValueFields form={form} />
      </Panel>
      <FormEnd monitor={monitor} form={form} />
    </form>
  );
}
