import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { getMonitor, listServices, type Monitor, patchHeartbeat } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { HttpForm } from './http-form.tsx';

export function EditMonitorScreen() {
  const { monitorId } = useParams({ from: '/shell/monitors/$monitorId/edit' });
  const monitor = useRead(getMonitor, { params: { id: monitorId } }, ['monitors', `monitor:${monitorId}`]);
  return (
    <Page title={monitor.data === undefined ? 'Edit' : `Edit ${monitor.data.name}`} narrow>
      <Loaded read={monitor} rows={6}>
        {(data) =>
          data.heartbeat === null ? (
            <HttpForm monitor={data} />
          ) : (
            <HeartbeatForm monitor={data} heartbeat={data.heartbeat} />
          )
        }
      </Loaded>
    </Page>
  );
}

export function ServiceSelect({ value, onChange }: { value: string; onChange: (serviceId: string) => void }) {
  const services = useRead(listServices, { query: { limit: 200 } }, ['monitors']);
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {services.data?.items.map((service) => (
        <option key={service.id} value={service.id}>
          {service.name}
        </option>
      ))}
    </Select>
  );
}

/** The end of both forms: the fault, Save and Cancel. */
export function FormEnd({
  monitor,
  form,
}: {
  monitor: Monitor;
  form: { problem: unknown; fields: string[]; busy: boolean };
}) {
  return (
    <>
      <ErrorNote error={form.problem} shown={form.fields} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.busy}>
          Save
        </Button>
        <Link to="/monitors/$monitorId" params={{ monitorId: monitor.id }} className={buttonClass()}>
          Cancel
        </Link>
      </div>
    </>
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
