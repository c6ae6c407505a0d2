import { listServices, patchSlo, postSlo, type Slo } from '#monitor/contract';
import { browserTimeZone, TimeZoneSelect } from '../access/time-zone-select.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useAll } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field, FieldError } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { formatDuration } from '../ui/format.ts';
import { Input, Select } from '../ui/input.tsx';
import { Segments } from '../ui/segments.tsx';
import { type Form, useForm } from '../ui/use-form.ts';
import { MonitorChecks } from './monitor-checks.tsx';
import { bodyOfSlo, type BurnDraft, draftOfSlo, refuseSlo, type SloDraft } from './slo-draft.ts';

/** Sets an objective, or changes one. */
export function SloDialog({ slo, onClose }: { slo?: Slo; onClose: () => void }) {
  const touches = ['slos', 'alerts'];
  const create = useAct(postSlo, { touches });
  const change = useAct(patchSlo, { touches });
  const form = useForm({
    initial: draftOfSlo(slo, browserTimeZone()),
    refuse: refuseSlo,
    submit: async (draft) => {
      const body = bodyOfSlo(draft);
      if (slo === undefined) await create.mutateAsync({ body });
      else await change.mutateAsync({ params: { id: slo.id }, body });
      toast({ text: slo === undefined ? 'SLO added' : 'SLO saved' });
      onClose();
    },
  });
  const { window, timeZone } = form.values;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={slo === undefined ? 'Add an SLO' : `Edit ${slo.name}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act={slo === undefined ? 'Add' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} dir="auto" placeholder="Checkout works" />
        </Field>
        <Target form={form} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Objective" aside="percent" hint={allowedWords(form.values)} error={form.error('objective')}>
            <Input {...form.text('objective')} inputMode="decimal" />
          </Field>
          <Field label="Over" error={form.error('window')}>
            <Select {...form.text('window')}>
              {[7, 28, 30, 90].map((days) => (
                <option key={days} value={days}>
                  the last {days} days
                </option>
              ))}
              <option value="month">the calendar month</option>
            </Select>
          </Field>
        </div>
        {window === 'month' ? (
          <Field label="Time zone of the month">
            <TimeZoneSelect value={timeZone} onChange={(zone) => form.set('timeZone', zone)} />
          </Field>
        ) : null}
        <AlertFields form={form} />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

/** `allows 43 m of downtime`, for whoever does not reckon in nines. */
function allowedWords({ objective, window }: SloDraft): string {
  const days = window === 'month' ? 30 : Number(window);
  const seconds = ((100 - Number(objective.replace(',', '.'))) / 100) * days * 86_400;
  return seconds > 0 ? `Allows ${formatDuration(seconds)} of downtime.` : 'Such as 99.9.';
}

function Target({ form }: { form: Form<SloDraft> }) {
  const { on, serviceId, monitorIds } = form.values;
  const services = useAll(listServices, {}, ['monitors']);
  return (
    <div className="grid gap-3">
      <Segments
        label="It watches"
        value={on}
        onChange={(value) => form.set('on', value)}
        options={[
          { value: 'service', label: 'A service' },
          { value: 'monitors', label: 'Some monitors' },
        ]}
      />
      {on === 'service' ? (
        <Field label="Service" hint="Down while one of its monitors is." error={form.error('serviceId')}>
          <Select value={serviceId} onChange={(event) => form.set('serviceId', event.target.value)}>
            <option value="">Choose one</option>
            {services.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <MonitorChecks
          legend="Monitors"
          chosen={monitorIds}
          error={form.error('monitorIds')}
          onChange={(ids) => form.set('monitorIds', ids)}
        />
      )}
    </div>
  );
}

function AlertFields({ form }: { form: Form<SloDraft> }) {
  const { alerts } = form.values;
  const change = (key: number, part: Partial<BurnDraft>) =>
    form.set(
      'alerts',
      alerts.map((one) => (one.key === key ? { ...one, ...part } : one)),
    );
  const fault = form.error('alerts');
  return (
    <details open={fault !== undefined || undefined}>
      <summary className="w-fit text-muted hover:text-text">When it alerts</summary>
      <div className="mt-3 grid gap-3">
        <p className="text-xs text-muted">
          At 1x the budget lasts exactly its window. The long window proves that it matters, the short one that it still
          goes on.
        </p>
        {alerts.map((one, index) => (
          <fieldset key={one.key} className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[1fr_1fr_1fr_1.3fr_auto]">
            <legend className="sr-only">Alert {index + 1}</legend>
            <Field label="Burns" aside="times">
              <Input
                value={one.burnRate}
                inputMode="decimal"
                onChange={(event) => change(one.key, { burnRate: event.target.value })}
              />
            </Field>
            <Field label="Over">
              <Input value={one.long} onChange={(event) => change(one.key, { long: event.target.value })} />
            </Field>
            <Field label="Still in the last">
              <Input value={one.short} onChange={(event) => change(one.key, { short: event.target.value })} />
            </Field>
            <Field label="Alert">
              <Select
                value={one.severity}
                onChange={(event) => change(one.key, { severity: event.target.value as BurnDraft['severity'] })}
              >
                <option value="critical">critical</option>
                <option value="warning">warning</option>
              </Select>
            </Field>
            <Button
              aria-label={`Remove alert ${index + 1}`}
              onClick={() =>
                form.set(
                  'alerts',
                  alerts.filter(({ key }) => key !== one.key),
                )
              }
            >
              Remove
            </Button>
          </fieldset>
        ))}
        {fault === undefined ? null : <FieldError>{fault}</FieldError>}
        {alerts.length < 8 ? (
          <Button
            className="w-fit"
            onClick={() =>
              form.set('alerts', [
                ...alerts,
                {
                  key: Math.max(0, ...alerts.map(({ key }) => key + 1)),
                  burnRate: '3',
                  long: '1 d',
                  short: '2 h',
                  severity: 'warning',
                },
              ])
            }
          >
            Add an alert
          </Button>
        ) : null}
      </div>
    </details>
  );
}
