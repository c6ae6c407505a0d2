import { useState } from 'react';
import {
  changeMaintenanceSeries,
  changeMaintenanceWindow,
  createMaintenanceSeries,
  createMaintenanceWindow,
  type MaintenanceSeriesView,
  type MaintenanceWindowView,
  type Service,
} from '#monitor/contract';
import { browserTimeZone } from '../access/time-zone-select.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { localInput } from '../ui/local-input.ts';
import { Segments } from '../ui/segments.tsx';
import { useForm } from '../ui/use-form.ts';
import { MonitorChecks } from './monitor-checks.tsx';
import { draftOf, emptyDraft, recurrenceOf } from './repeat-draft.ts';
import { RepeatFields } from './repeat-fields.tsx';
import { ServiceChecks } from './service-checks.tsx';

const HOUR_MS = 3_600_000;
const touches = ['maintenance', 'monitors', 'alerts', 'pages'];

/** What is edited; nothing = something new. */
export type Edited = { window?: MaintenanceWindowView | undefined; series?: MaintenanceSeriesView | undefined };

/** Plans maintenance, once or again and again; moves a window, or changes what comes of a series. */
export function MaintenanceDialog({
  edited: { window, series },
  services,
  onClose,
}: {
  edited: Edited;
  services: readonly Service[];
  onClose: () => void;
}) {
  const fresh = window === undefined && series === undefined;
  const [again, setAgain] = useState(series !== undefined);
  const form = useMaintenanceForm({ window, series }, again, onClose);
  const before = window ?? series;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={before === undefined ? 'Plan maintenance' : `Edit ${before.title}`}
      description={
        series === undefined
          ? 'What fails meanwhile asks nobody. What is still broken at the end asks then.'
          : 'Changes what comes. What has begun, and what was called off, stays as it is.'
      }
      onSubmit={form.onSubmit}
      footer={<FormActs act={fresh ? 'Plan it' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="What is done" error={form.error('title')}>
          <Input {...form.text('title')} dir="auto" placeholder="New disks for the database" />
        </Field>
        {fresh ? (
          <Segments
            label="How often"
            value={again ? 'again' : 'once'}
            onChange={(value) => setAgain(value === 'again')}
            options={[
              { value: 'once', label: 'Once' },
              { value: 'again', label: 'Again and again' },
            ]}
          />
        ) : null}
        {again ? (
          <RepeatFields draft={form.values.draft} error={form.error} onChange={(draft) => form.set('draft', draft)} />
        ) : (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="From" error={form.error('startsAt')}>
              <Input type="datetime-local" disabled={window?.state === 'running'} {...form.text('startsAt')} />
            </Field>
            <Field label="Until" error={form.error('endsAt')}>
              <Input type="datetime-local" {...form.text('endsAt')} />
            </Field>
          </div>
        )}
        <ServiceChecks
          legend="Services, and everything that needs them"
          services={services}
          chosen={form.values.serviceIds}
          error={form.error('serviceIds')}
          onChange={(serviceIds) => form.set('serviceIds', serviceIds)}
        />
        <MonitorChecks
          legend="Single monitors"
          chosen={form.values.monitorIds}
          error={form.error('monitorIds')}
          onChange={(monitorIds) => form.set('monitorIds', monitorIds)}
        />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

function useMaintenanceForm({ window, series }: Edited, again: boolean, onClose: () => void) {
  const { workspace } = useSession();
  const create = useAct(createMaintenanceWindow, { touches });
  const change = useAct(changeMaintenanceWindow, { touches });
  const plan = useAct(createMaintenanceSeries, { touches });
  const changePlan = useAct(changeMaintenanceSeries, { touches });
  const began = window?.state === 'running';
  const before = window ?? series;
  return useForm({
    initial: {
      title: before?.title ?? '',
      serviceIds: before?.serviceIds ?? [],
      monitorIds: before?.monitorIds ?? [],
      startsAt: localInput(window === undefined ? new Date() : new Date(window.startsAt)),
      endsAt: localInput(window === undefined ? new Date(Date.now() + HOUR_MS) : new Date(window.endsAt)),
      draft: series === undefined ? emptyDraft(workspace.timeZone || browserTimeZone()) : draftOf(series),
      // What the server may say of a draft stands beside its parts.
      repeat: '',
      durationSeconds: '',
      timeZone: '',
      fromDate: '',
      untilDate: '',
    },
    refuse: ({ title, serviceIds, monitorIds, startsAt, endsAt, draft }) => ({
      ...(title.trim() === '' ? { title: 'Say what is done.' } : {}),
      ...(serviceIds.length + monitorIds.length === 0 ? { serviceIds: 'Choose at least one service or monitor.' } : {}),
      ...(!again && Number.isNaN(Date.parse(startsAt)) ? { startsAt: 'Choose a day and a time.' } : {}),
      ...(!again && Number.isNaN(Date.parse(endsAt)) ? { endsAt: 'Choose a day and a time.' } : {}),
      ...(again && recurrenceOf(draft) === null ? { repeat: 'Say when, and for how long.' } : {}),
    }),
    submit: async ({ title, serviceIds, monitorIds, startsAt: start, endsAt: end, draft }) => {
      const common = { title, serviceIds, monitorIds };
      const recurrence = recurrenceOf(draft);
      if (again && recurrence !== null) {
        if (series === undefined) await plan.mutateAsync({ body: { ...common, ...recurrence } });
        else await changePlan.mutateAsync({ params: { id: series.id }, body: { ...common, ...recurrence } });
        toast({ text: series === undefined ? 'Planned' : 'Saved' });
      } else {
        const endsAt = new Date(end).toISOString();
        const startsAt = new Date(start).toISOString();
        if (window === undefined) {
          const { state } = await create.mutateAsync({ body: { ...common, startsAt, endsAt } });
          toast({ text: state === 'running' ? 'The maintenance has begun' : 'Planned' });
        } else {
          const moved = began ? {} : { startsAt };
          await change.mutateAsync({ params: { id: window.id }, body: { ...common, endsAt, ...moved } });
          toast({ text: 'Saved' });
        }
      }
      onClose();
    },
  });
}
