import { listServices } from '#monitor/contract';
import { useAll } from '../data/query.ts';
import { Select } from '../ui/input.tsx';

export function ServiceSelect({ value, onChange }: { value: string; onChange: (serviceId: string) => void }) {
  const services = useAll(listServices, {}, ['monitors']);
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      {value === '' ? <option value="">Choose a service</option> : null}
      {services.data?.items.map((service) => (
        <option key={service.id} value={service.id}>
          {service.name}
        </option>
      ))}
    </Select>
  );
}
