import { Select } from '../ui/input.tsx';

/** The zone of this browser, as the IANA database names it. */
export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** With `none` a zone need not be named: the empty text stands for what it says. */
export function TimeZoneSelect({
  value,
  onChange,
  none,
}: {
  value: string;
  onChange: (zone: string) => void;
  none?: string;
}) {
  const all = value === '' || zones.includes(value) ? zones : [value, ...zones];
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {none === undefined ? null : <option value="">{none}</option>}
      {all.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </Select>
  );
}
