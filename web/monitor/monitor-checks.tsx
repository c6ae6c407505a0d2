import { useState } from 'react';
import { getMonitor, listMonitors } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';

/** Found by the server, since there may be thousands. */
const FOUND = 8;

/** Any number of monitors: those that are chosen, and what is looked for. */
export function MonitorChecks({
  legend,
  chosen,
  error,
  onChange,
}: {
  legend: string;
  chosen: readonly string[];
  error?: string | undefined;
  onChange: (monitorIds: string[]) => void;
}) {
  const [sought, setSought] = useState('');
  const search = sought.trim();
  const found = useRead(listMonitors, { query: { search, limit: FOUND } }, ['monitors'], {
    enabled: search !== '',
    keepPrevious: true,
  });
  const others = search === '' ? [] : (found.data?.items ?? []).filter(({ id }) => !chosen.includes(id));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <Field label="Find a monitor">
        <Input type="search" value={sought} onChange={(event) => setSought(event.target.value)} />
      </Field>
      <div className="grid max-h-48 gap-2 overflow-y-auto empty:hidden">
        {chosen.map((id) => (
          <Checkbox
            key={id}
            label={<MonitorName id={id} />}
            checked
            onChange={() => onChange(chosen.filter((one) => one !== id))}
          />
        ))}
        {others.map(({ id, name }) => (
          <Checkbox key={id} label={<bdi>{name}</bdi>} checked={false} onChange={() => onChange([...chosen, id])} />
        ))}
      </div>
      {search !== '' && found.data?.items.length === 0 ? <p className="text-muted">No monitor is called so.</p> : null}
      {error === undefined ? null : <p className="text-xs text-bad-text">{error}</p>}
    </fieldset>
  );
}

/** What a monitor is called; its id until that is known, and when it is not there any more. */
export function MonitorName({ id }: { id: string }) {
  const monitor = useRead(getMonitor, { params: { id } }, ['monitors', `monitor:${id}`]);
  return <bdi>{monitor.data?.name ?? id}</bdi>;
}
