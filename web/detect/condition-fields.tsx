import { useState } from 'react';
import { alertOrigin, type Condition, listAlertSources, signalSeverity } from '#detect/contract';
import { listServices } from '#monitor/contract';
import { useAll, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Input, Select } from '../ui/input.tsx';
import { FIELDS, opsOf, startOf, valuesIn } from './route-draft.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ORIGINS = {
  monitor: 'a monitor',
  heartbeat: 'a heartbeat',
  intake: 'an alert source',
  person: 'a person',
  slo: 'an SLO',
};

/** All that has to be so; nothing at all means every alert. */
export function ConditionFields({
  match,
  onChange,
}: {
  match: readonly Condition[];
  onChange: (match: Condition[]) => void;
}) {
  const change = (index: number, one: Condition) => onChange(match.map((old, i) => (i === index ? one : old)));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm font-medium">All of these have to be so</legend>
      {match.length === 0 ? <p className="text-muted">Nothing is asked: it takes every alert.</p> : null}
      {match.map((one, index) => (
        // Conditions have no names; their place is what they are.
        <div key={index} className="grid gap-2 rounded-control border border-line p-2.5">
          <ConditionField condition={one} number={index + 1} onChange={(next) => change(index, next)} />
          <Button
            size="sm"
            variant="ghost"
            className="justify-self-end"
            onClick={() => onChange(match.filter((_, i) => i !== index))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button size="sm" className="justify-self-start" onClick={() => onChange([...match, startOf('severity')])}>
        Add a condition
      </Button>
    </fieldset>
  );
}

function ConditionField({
  condition,
  number,
  onChange,
}: {
  condition: Condition;
  number: number;
  onChange: (next: Condition) => void;
}) {
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={`What condition ${number} asks about`}
          className="min-w-32 flex-1"
          value={condition.field}
          onChange={({ target }) => onChange(startOf(target.value as Condition['field']))}
        >
          {Object.entries(FIELDS).map(([field, word]) => (
            <option key={field} value={field}>
              {word}
            </option>
          ))}
        </Select>
        {condition.field === 'label' ? (
          <Input
            aria-label={`Label of condition ${number}`}
            className="min-w-28 flex-1"
            placeholder="team"
            value={condition.name}
            onChange={({ target }) => onChange({ ...condition, name: target.value })}
          />
        ) : null}
        <Select
          aria-label={`Comparison of condition ${number}`}
          className="min-w-32 flex-1"
          value={condition.op}
          onChange={({ target }) => onChange({ ...condition, op: target.value } as Condition)}
        >
          {Object.entries(opsOf(condition.field)).map(([op, word]) => (
            <option key={op} value={op}>
              {word}
            </option>
          ))}
        </Select>
      </div>
      <Values condition={condition} number={number} onChange={onChange} />
    </>
  );
}

type ValueProps = { condition: Condition; number: number; onChange: (next: Condition) => void };

function Values({ condition, number, onChange }: ValueProps) {
  if (condition.op === 'exists' || condition.op === 'absent') return null;
  switch (condition.field) {
    case 'severity':
      return (
        <Choices
          label={`Severities of condition ${number}`}
          options={signalSeverity.options.map((value) => ({ value, label: value }))}
          chosen={condition.values}
          onChange={(values) => onChange({ ...condition, values: values as typeof condition.values })}
        />
      );
    case 'origin':
      return (
        <Choices
          label={`Origins of condition ${number}`}
          options={alertOrigin.options.map((value) => ({ value, label: ORIGINS[value] }))}
          chosen={condition.values}
          onChange={(values) => onChange({ ...condition, values: values as typeof condition.values })}
        />
      );
    case 'service':
      return <ServiceChoices chosen={condition.values} onChange={(values) => onChange({ ...condition, values })} />;
    case 'source':
      return <SourceChoices chosen={condition.values} onChange={(values) => onChange({ ...condition, values })} />;
    case 'title':
    case 'label':
      return (
        <WordInput
          number={number}
          values={condition.values}
          onChange={(values) => onChange({ ...condition, values })}
        />
      );
    case 'time':
      return <TimeFields condition={condition} onChange={onChange} />;
  }
}

function ServiceChoices({ chosen, onChange }: { chosen: readonly string[]; onChange: (values: string[]) => void }) {
  const services = useAll(listServices, {}, ['monitors']);
  const options = services.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return <Choices label="Services" options={options} chosen={chosen} onChange={onChange} />;
}

function SourceChoices({ chosen, onChange }: { chosen: readonly string[]; onChange: (values: string[]) => void }) {
  const enabled = useMay('alert-sources.read');
  const sources = useRead(listAlertSources, { query: { limit: 200 } }, ['settings'], { enabled });
  const options = sources.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return <Choices label="Alert sources" options={options} chosen={chosen} onChange={onChange} />;
}

function Choices({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (values: string[]) => void;
}) {
  if (options.length === 0) return <p className="text-xs text-muted">There is none yet.</p>;
  return (
    <div role="group" aria-label={label} className="flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
      {options.map((option) => (
        <Checkbox
          key={option.value}
          label={option.label}
          checked={chosen.includes(option.value)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))
          }
        />
      ))}
    </div>
  );
}

/** Keeps what is typed as it is typed; the values are read from it. */
function WordInput({
  number,
  values,
  onChange,
}: {
  number: number;
  values: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const [text, setText] = useState(values.join(', '));
  return (
    <Input
      aria-label={`Values of condition ${number}`}
      placeholder="db, web"
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        onChange(valuesIn(target.value));
      }}
    />
  );
}

function TimeFields({
  condition,
  onChange,
}: {
  condition: Extract<Condition, { field: 'time' }>;
  onChange: (next: Condition) => void;
}) {
  return (
    <>
      <Choices
        label="Days"
        options={DAYS.map((label, i) => ({ value: String(i + 1), label }))}
        chosen={condition.days.map(String)}
        onChange={(days) => onChange({ ...condition, days: days.map(Number).toSorted() })}
      />
      <div className="flex items-center gap-2">
        <Input
          aria-label="From"
          type="time"
          value={condition.from}
          onChange={({ target }) => onChange({ ...condition, from: target.value })}
        />
        <span className="text-muted">to</span>
        <Input
          aria-label="To"
          type="time"
          value={condition.to}
          onChange={({ target }) => onChange({ ...condition, to: target.value })}
        />
      </div>
    </>
  );
}
