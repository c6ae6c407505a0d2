import { useNavigate, useParams } from '@tanstack/react-router';
import { getMonitor, type Monitor, patchHeartbeat } from '#monitor/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Page, Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { FormEnd } from './form-end.tsx';
import { AskingForm } from './asking-form.tsx';
import { ServiceSelect } from './service-select.tsx';

export function EditMonitorScreen() {
  const { monitorId } = useParams({ from: '/shell/monitors/$monitorId/edit' });
  const monitor = useRead(getMonitor, { params: { id: monitorId } }, ['monitors', `monitor:${monitorId}`]);
  return (
    <LoadedScreen read={monitor} title="Edit">
      {(data) => (
        <Page title={`Edit ${data.name}`} narrow>
          {data.heartbeat === null ? (
            <AskingForm monitor={data} />
          ) : (
            <HeartbeatForm monitor={data} heartbeat={data.heartbeat} />
          )}
        </Page>
      )}
    </LoadedScreen>
  );
}

function HeartbeatForm({ monitor, heartbeat }: { monitor: Monitor; heartbeat: NonNullable<Monitor['heartbeat']> }) {
  const navigate = useNavigate();
  const params = { id: monitor.id };
  const save = useAct(patchHeartbeat, { touches: ['monitors', `monitor:${monitor.id}`] });
  const form = useForm({
    initial: {
      name: monitor.name,
      serviceId: monitor.serviceId,
      periodSeconds: String(heartbeat.periodSeconds),
      graceSeconds: String(heartbeat.graceSeconds),
    },
    submit: async ({ name, serviceId, periodSeconds, graceSeconds }) => {
      await save.mutateAsync({
        params,
        body: { name, serviceId, periodSeconds: Number(periodSeconds), graceSeconds: Number(graceSeconds) },
      });
      toast({ text: 'Heartbeat saved' });
      await navigate({ to: '/monitors/$monitorId', params: { monitorId: monitor.id } });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <Panel className="grid gap-4 p-4 sm:grid-cols-2">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} />
        </Field>
        <Field label="Service" error={form.error('serviceId')}>
          <ServiceSelect value={form.values.serviceId} onChange={(id) => form.set('serviceId', id)} />
        </Field>
        <Field label="It reports every" aside="seconds" error={form.error('periodSeconds')}>
          <Input {...form.text('periodSeconds')} inputMode="numeric" />
        </Field>
        <Field label="May be late by" aside="seconds" error={form.error('graceSeconds')}>
          <Input {...form.text('graceSeconds')} inputMode="numeric" />
        </Field>
      </Panel>
      <FormEnd monitor={monitor} form={form} />
    </form>
  );
}
