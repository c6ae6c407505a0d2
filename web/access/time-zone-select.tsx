import { Select } from '../ui/input.tsx';

/** The zone of this browser, as the IANA database names it. */
export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export function TimeZoneSelect({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const all = zones.includes(value) ? zones : [value, ...zones];
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {all.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </Select>
  );
}
