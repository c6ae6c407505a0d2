import { useState } from 'react';
import type { Severity } from '#declare/contract';
import { listServices } from '#monitor/contract';
import { type PagePlanView, readOnCall } from '#respond/contract';
import { useAll, useRead } from '../data/query.ts';
import { Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { lookOf } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { onThisClock } from './this-clock.ts';
import { PlanSteps } from './plan-steps.tsx';

const severities: readonly Severity[] = ['SEV1', 'SEV2', 'SEV3', 'SEV4'];
/** Or an alert that nobody declared. */
const choices = [...severities, 'low'] as const;

/** Asks the pager itself: what is shown is what would happen. `at` is the instant that is asked for first. */
export function PlanSimulator({ at: asked }: { at?: string | undefined }) {
  const services = useAll(listServices, {}, ['monitors']);
  const [serviceId, setServiceId] = useState('');
  const [severity, setSeverity] = useState<Severity | 'low'>('SEV1');
  const [time, setTime] = useState(asked === undefined ? '' : onThisClock(new Date(asked)));
  const at = time === '' || Number.isNaN(Date.parse(time)) ? undefined : new Date(time).toISOString();
  const plan = useRead(
    readOnCall,
    {
      query: {
        ...(severity === 'low' ? { urgency: 'low' } : { severity }),
        ...(serviceId === '' ? {} : { serviceId }),
        ...(at === undefined ? {} : { at }),
      },
    },
    ['policies', 'members', 'settings', 'monitors'],
    { keepPrevious: true },
  );
  return (
    <Section title="Who will be paged, and why?">
      <Panel className="p-4">
        <div className="grid grid-cols-[132px_minmax(0,1fr)] gap-3 sm:grid-cols-[minmax(0,1fr)_132px_minmax(0,1fr)]">
          <Field label="Service" className="max-sm:col-span-2">
            <Select value={serviceId} onChange={(event) => setServiceId(event.target.value)}>
              <option value="">Any: the default policy</option>
              {services.data?.items.map((service) => (
                <option key={service.id} value={service.id}>
                  {service.name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Severity">
            <Select
              value={severity}
              onChange={(event) => setSeverity(choices.find((one) => one === event.target.value) ?? 'SEV1')}
            >
              {severities.map((one) => (
                <option key={one} value={one}>
                  {lookOf(one).word}
                </option>
              ))}
              <option value="low">Low urgency</option>
            </Select>
          </Field>
          <Field label="When" aside={time === '' ? 'now' : undefined}>
            <Input type="datetime-local" value={time} onChange={(event) => setTime(event.target.value)} />
          </Field>
        </div>
        <div className="mt-4" aria-live="polite">
          <Loaded read={plan} rows={3}>
            {(answer) => <Answer plan={answer} />}
          </Loaded>
        </div>
      </Panel>
    </Section>
  );
}

function Answer({ plan }: { plan: PagePlanView }) {
  // What is wrong with one person stands beside that person already.
  const said = new Set(plan.steps.flatMap(({ people }) => people.map(({ unreachable }) => `${unreachable}.`)));
  const findings = plan.findings.filter((finding) => !said.has(finding));
  const which = plan.policy.isDefault ? 'the default policy' : 'the policy';
  if (plan.timing === 'none' || plan.startsAt === null) {
    return <p className="text-muted">{plan.severity} pages nobody: it waits in the list until somebody looks.</p>;
  }
  return (
    <>
      <p className="mb-2 text-muted">
        By {which} “{plan.policy.name}”
        {plan.timing === 'now' ? null : <Waiting at={plan.at} startsAt={plan.startsAt} closed={plan.closed} />}.
      </p>
      <PlanSteps plan={plan} />
      <p className="mt-2 text-xs text-muted">
        {plan.repeatCount === 0
          ? 'Then nobody else is asked.'
          : `Without an answer all of it ${plan.repeatCount === 1 ? 'happens once more' : `repeats ${plan.repeatCount} times`}.`}
        {plan.allHands ? ' Everybody in the workspace is told too.' : ''}
      </p>
      {findings.length === 0 ? null : (
        <Note tone="bad" className="mt-3">
          <ul className="grid gap-1">
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}

/** A level that keeps to business hours: now, when they run, else when they next begin. */
function Waiting({ at, startsAt, closed }: { at: string; startsAt: string; closed: readonly string[] }) {
  if (Date.parse(startsAt) - Date.parse(at) < 1_000) return ', at once: these are business hours';
  return (
    <>
      , not before business hours: first page <RelativeTime at={startsAt} show="absolute" />
      {closed.length === 0 ? null : ` (closed: ${closed.join(', ')})`}
    </>
  );
}
