import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { postHeartbeat, postMonitor } from '#monitor/contract';
import { AllowSuggestion, suggestedNetwork } from '../access/allow-suggestion.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Segments } from '../ui/segments.tsx';
import { useForm } from '../ui/use-form.ts';

const touches = ['monitors', 'status-pages', 'settings'];

/** Two kinds: we ask an address, or a job reports to us. */
export function AddMonitorDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<'http' | 'heartbeat'>('http');
  const kinds = (
    <Segments
      label="Kind"
      value={kind}
      onChange={setKind}
      options={[
        { value: 'http', label: 'Check an address' },
        { value: 'heartbeat', label: 'Expect a heartbeat' },
      ]}
    />
  );
  return kind === 'http' ? (
    <AddHttp kinds={kinds} onClose={onClose} />
  ) : (
    <AddHeartbeat kinds={kinds} onClose={onClose} />
  );
}

function useOpenMonitor(onClose: () => void): (id: string) => void {
  const navigate = useNavigate();
  return (id) => {
    onClose();
    void navigate({ to: '/monitors/$monitorId', params: { monitorId: id } });
  };
}

/** `example.org` is meant as `https://example.org`. */
function withScheme(url: string): string {
  const typed = url.trim();
  return typed === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
}

function AddHttp({ kinds, onClose }: { kinds: React.ReactNode; onClose: () => void }) {
  const open = useOpenMonitor(onClose);
  const create = useAct(postMonitor, { touches, onDone: ({ id }) => open(id) });
  const form = useForm({
    initial: { url: '', name: '', intervalSeconds: '30' },
    refuse: ({ url }) => (url.trim() === '' ? { url: 'Paste an address, for example https://example.org' } : {}),
    submit: ({ url, name, intervalSeconds }) =>
      create.mutateAsync({
        body: {
          url: withScheme(url),
          intervalSeconds: Number(intervalSeconds),
          ...(name.trim() === '' ? {} : { name }),
        },
      }),
  });
  const isPrivate = suggestedNetwork(form.problem) !== undefined;
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
        <Field
          label="Address"
          hint="Up while it answers with a status from 200 to 399."
          error={isPrivate ? undefined : form.error('url')}
        >
          <Input
            {...form.text('url')}
            placeholder="https://example.org/health"
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        </Field>
        <AllowSuggestion problem={form.problem} act="add" onAllowed={form.send} />
        <details>
          <summary className="w-fit text-muted hover:text-text">Name and interval</summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            <Field label="Name" aside="optional" error={form.error('name')}>
              <Input {...form.text('name')} placeholder="the address" />
            </Field>
            <Field label="Check every" error={form.error('intervalSeconds')}>
              <Select {...form.text('intervalSeconds')}>
                {[10, 20, 30, 60, 120, 300, 600].map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {seconds < 60 ? `${seconds} s` : `${seconds / 60} min`}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
        </details>
        {isPrivate ? null : <ErrorNote error={form.problem} shown={form.fields} />}
      </div>
    </Dialog>
  );
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
