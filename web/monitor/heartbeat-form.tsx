import { useNavigate } from '@tanstack/react-router';
import { type Monitor, patchHeartbeat } from '#monitor/contract';
import { browserTimeZone } from '../access/time-zone-select.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { FormEnd } from './form-end.tsx';
import { bodyOfDraft, draftOf, refuseDraft } from './heartbeat-draft.ts';
import { HeartbeatFields } from './heartbeat-fields.tsx';
import { ServiceSelect } from './service-select.tsx';

export function HeartbeatForm({
  monitor,
  heartbeat,
}: {
  monitor: Monitor;
  heartbeat: NonNullable<Monitor['heartbeat']>;
}) {
  const navigate = useNavigate();
  const params = { id: monitor.id };
  const save = useAct(patchHeartbeat, { touches: ['monitors', `monitor:${monitor.id}`] });
  const form = useForm({
    initial: { name: monitor.name, serviceId: monitor.serviceId, ...draftOf(heartbeat, browserTimeZone()) },
    refuse: refuseDraft,
    submit: async ({ name, serviceId, ...draft }) => {
      await save.mutateAsync({ params, body: { name, serviceId, ...bodyOfDraft(draft) } });
      toast({ text: 'Heartbeat saved' });
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
        <HeartbeatFields form={form} />
      </Panel>
      <FormEnd monitor={monitor} form={form} />
    </form>
  );
}
