import { useDeferredValue } from 'react';
import { previewHeartbeat } from '#monitor/contract';
import { browserTimeZone, TimeZoneSelect } from '../access/time-zone-select.tsx';
import { useRead } from '../data/query.ts';
import { Field } from '../ui/field.tsx';
import { formatExact } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';
import { Segments } from '../ui/segments.tsx';
import type { Form } from '../ui/use-form.ts';
import type { HeartbeatDraft } from './heartbeat-draft.ts';

/** When a job reports, with what that comes to, and how long it may take. */
export function HeartbeatFields<Values extends HeartbeatDraft>({ form }: { form: Form<Values> }) {
  // What the fields below read is in every form that holds a draft.
  const own = form as unknown as Form<HeartbeatDraft>;
  const { by } = own.values;
  return (
    <>
      <div className="grid gap-1">
        <span className="text-sm font-medium">It reports</span>
        <Segments
          label="It reports"
          value={by}
          onChange={(value) => own.set('by', value)}
          options={[
            { value: 'period', label: 'Every so often' },
            { value: 'cron', label: 'By a cron expression' },
          ]}
        />
      </div>
      {by === 'period' ? (
        <Field label="Every" hint="Counted from its last call." error={own.error('periodSeconds')}>
          <Input {...own.text('periodSeconds')} placeholder="15 min" />
        </Field>
      ) : (
        <CronFields form={own} />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="May be late by" hint="Then an alert opens." error={own.error('graceSeconds')}>
          <Input {...own.text('graceSeconds')} placeholder="15 min" />
        </Field>
        <Field
          label="A run may take"
          aside="optional"
          hint="From /start to its end; otherwise as long as it may be late."
          error={own.error('maxRunSeconds')}
        >
          <Input {...own.text('maxRunSeconds')} placeholder="2 h" />
        </Field>
      </div>
    </>
  );
}

function CronFields({ form }: { form: Form<HeartbeatDraft> }) {
  const cron = useDeferredValue(form.values.cron);
  const { timeZone } = form.values;
  const preview = useRead(previewHeartbeat, { query: { cron, timeZone } }, [], { keepPrevious: true });
  const fault = form.error('cron') ?? preview.data?.fault ?? undefined;
  const next = preview.data?.next ?? [];
  return (
    <div className="grid gap-3">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Cron expression"
          hint="Minute, hour, day of the month, month, day of the week."
          error={fault === undefined ? undefined : `The expression: ${fault}`}
        >
          <Input {...form.text('cron')} mono autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field label="Time zone" error={form.error('timeZone')}>
          <TimeZoneSelect value={timeZone} onChange={(zone) => form.set('timeZone', zone)} />
        </Field>
      </div>
      {next.length === 0 ? null : (
        <div className="rounded-control bg-sunken px-3 py-2 text-xs">
          <p className="text-muted">
            Comes next{timeZone === browserTimeZone() ? '' : `, by the clocks of ${timeZone.replaceAll('_', ' ')}`}
          </p>
          <ol className="num mt-1 grid gap-0.5">
            {next.map((at) => (
              <li key={at}>{formatExact(new Date(at), timeZone)}</li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}
