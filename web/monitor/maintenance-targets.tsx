import { useNames } from '../detect/use-names.ts';
import { plural } from '../ui/format.ts';
import { MonitorName } from './monitor-checks.tsx';

const NAMED = 3;

/** What a window or a series is of: all services, and some of the monitors by name. */
export function MaintenanceTargets({
  of: { serviceIds, monitorIds },
}: {
  of: { serviceIds: readonly string[]; monitorIds: readonly string[] };
}) {
  const nameOf = useNames();
  const more = monitorIds.length - NAMED;
  return (
    <p className="mt-0.5 break-words text-muted">
      {serviceIds.map(nameOf).join(', ')}
      {serviceIds.length > 0 && monitorIds.length > 0 ? ', ' : ''}
      {monitorIds.slice(0, NAMED).map((id, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <MonitorName id={id} />
        </span>
      ))}
      {more > 0 ? ` and ${plural(more, 'more monitor')}` : ''}
    </p>
  );
}
