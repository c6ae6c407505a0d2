import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { postHeartbeat } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { AddAskingForm, type AskingKind } from './add-asking-form.tsx';
import { httpWords, kindWords } from './kind-words.ts';

const touches = ['monitors', 'status-pages', 'settings'];

type Kind = AskingKind | 'heartbeat';

/** We ask an address, in one of many ways, or a job reports to us. */
export function AddMonitorDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>('http');
  const open = useOpenMonitor(onClose);
  const kinds = (
    <Field label="What is watched">
      <Select value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        <option value="http">{httpWords.label}</option>
        {Object.entries(kindWords).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        <option value="heartbeat">A job that reports to us (heartbeat)</option>
      </Select>
    </Field>
  );
  return kind === 'heartbeat' ? (
    <AddHeartbeat kinds={kinds} onClose={onClose} />
  ) : (
    <AddAskingForm kind={kind} kinds={kinds} onKind={setKind} onAdded={open} onClose={onClose} />
  );
}

function useOpenMonitor(onClose: () => void): (id: string) => void {
  const navigate = useNavigate();
  return (id) => {
    onClose();
    void navigate({ to: '/monitors/$monitorId', params: { monitorId: id } });
  };
}

const periods = [
  { value: '300', label: '5 min' },
  { value: '900', label: '15 min' },
  { value: '3600', label: 'hour' },
  { value: '86400', label: 'day' },
  { value: '604800', label: 'week' },
];

function AddHeartbeat({ kinds, onClose }: { kinds: React.ReactNode; onClose: () => void }) {
  const open = useOpenMonitor(onClose);
  const create = useAct(postHeartbeat, { touches, onDone: ({ id }) => open(id) });
  const form = useForm({
    initial: { name: '', periodSeconds: '86400', graceMinutes: '15' },
    submit: ({ name, periodSeconds, graceMinutes }) =>
      create.mutateAsync({
        body: { name, periodSeconds: Number(periodSeconds), graceSeconds: Math.round(Number(graceMinutes) * 60) },
      }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add a monitor"
      onSubmit={form.onSubmit}
      footer={<FormActs act="Add" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        {kinds}
        <Field label="Name" hint="The job that will report, for example a nightly backup." error={form.error('name')}>
          <Input {...form.text('name')} autoFocus />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="It reports every" error={form.error('periodSeconds')}>
            <Select {...form.text('periodSeconds')}>
              {periods.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="May be late by" aside="minutes" error={form.error('graceSeconds')}>
            <Input {...form.text('graceMinutes')} inputMode="numeric" />
          </Field>
        </div>
        <p className="text-xs text-muted">
          You get an address that the job calls. Nothing is expected before its first call.
        </p>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
