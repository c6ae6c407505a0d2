import { useEffect, useRef, useState } from 'react';
import {
  getMonitorCounts,
  getService,
  listLocations,
  listMonitorServices,
  listMonitorTags,
  type MonitorState,
  type Service,
} from '#monitor/contract';
import { useAll, useRead } from '../data/query.ts';
import { Input, Select } from '../ui/input.tsx';
import { Segments } from '../ui/segments.tsx';
import { type ListChange, type ListSearch, states } from './list-search.ts';

/** What the list can be narrowed to; what there is none of is not offered. */
export function MonitorFilters({
  search,
  onChange,
  children,
}: {
  search: ListSearch;
  onChange: (change: ListChange) => void;
  children?: React.ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.q ?? '');
  // Links lead to other addresses of this screen too, but nothing is taken away from under somebody who types.
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(search.q ?? '');
  }, [search.q]);
  const counts = useRead(getMonitorCounts, {}, ['monitors']).data;
  const tags = useRead(listMonitorTags, {}, ['monitors']).data?.items ?? [];
  const locations = useAll(listLocations, {}, ['locations']).data?.items ?? [];
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <Input
        ref={field}
        type="search"
        aria-label="Find a monitor"
        placeholder="Name, address, service, tag"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange({ q: event.target.value });
        }}
        className="max-w-60 max-md:max-w-none"
      />
      <Segments<MonitorState | 'all'>
        label="State"
        value={search.state ?? 'all'}
        onChange={(state) => onChange({ state: state === 'all' ? undefined : state })}
        options={[
          { value: 'all', label: `All ${counts?.total ?? ''}` },
          ...states
            .filter((state) => (counts?.[state] ?? 0) > 0 || state === search.state)
            .map((state) => ({
              value: state,
              label: `${state[0]?.toUpperCase()}${state.slice(1)} ${counts?.[state] ?? 0}`,
            })),
        ]}
      />
      {children}
      <div className="flex gap-2 max-md:grid max-md:w-full max-md:grid-cols-2">
        <ServiceFilter value={search.service} onChange={(service) => onChange({ service })} />
        {tags.length === 0 ? null : (
          <Choice label="Tag" every="Every tag" value={search.tag} onChange={(tag) => onChange({ tag })}>
            {tags.map(({ tag, monitors }) => ({ value: tag, label: `${tag} (${monitors})` }))}
          </Choice>
        )}
        {locations.length === 0 ? null : (
          <Choice label="Asked from" every="Every place" value={search.place} onChange={(place) => onChange({ place })}>
            {[{ value: 'home', label: 'Here' }, ...locations.map(({ id, name }) => ({ value: id, label: name }))]}
          </Choice>
        )}
      </div>
    </div>
  );
}

/** A service of one monitor is found by its name; those of several are offered, and the one that is chosen. */
function ServiceFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (serviceId: string | undefined) => void;
}) {
  const shared = useRead(listMonitorServices, {}, ['monitors']).data?.items ?? [];
  const isOffered = shared.some(({ id }) => id === value);
  const other = useRead(getService, { params: { id: value as Service['id'] } }, ['monitors'], {
    enabled: value !== undefined && !isOffered,
  }).data;
  const options = shared.map(({ id, name, monitors }) => ({ value: id, label: `${name} (${monitors})` }));
  if (options.length === 0 && value === undefined) return null;
  return (
    <Choice label="Service" every="Every service" value={value} onChange={onChange}>
      {value === undefined || isOffered ? options : [{ value, label: other?.name ?? 'One service' }, ...options]}
    </Choice>
  );
}

function Choice({
  label,
  every,
  value,
  onChange,
  children,
}: {
  label: string;
  /** What nothing chosen is called. */
  every: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  children: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      className="max-w-36 max-md:max-w-none"
    >
      <option value="">{every}</option>
      {children.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </Select>
  );
}
