import { useState } from 'react';
import type { Service } from '#monitor/contract';
import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';

/** More than fit at a glance get a field to look for one. */
const GLANCE = 12;

/** Any number of services, each ticked or not. */
export function ServiceChecks({
  legend,
  services,
  chosen,
  error,
  onChange,
}: {
  legend: string;
  services: readonly Service[];
  chosen: readonly string[];
  error?: string | undefined;
  onChange: (serviceIds: string[]) => void;
}) {
  const [sought, setSought] = useState('');
  const shown = services.filter(
    ({ id, name }) => chosen.includes(id) || name.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {services.length > GLANCE ? (
        <Field label="Find a service">
          <Input type="search" value={sought} onChange={(event) => setSought(event.target.value)} />
        </Field>
      ) : null}
      {services.length === 0 ? <p className="text-muted">There is no other service yet.</p> : null}
      <div className="grid max-h-64 gap-2 overflow-y-auto">
        {shown.map(({ id, name }) => (
          <Checkbox key={id} label={<bdi>{name}</bdi>} checked={chosen.includes(id)} onChange={() => toggle(id)} />
        ))}
      </div>
      {error === undefined ? null : <p className="text-xs text-bad-text">{error}</p>}
    </fieldset>
  );
}
