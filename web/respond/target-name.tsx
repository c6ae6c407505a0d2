import CalendarClock from 'lucide-react/icons/calendar-clock';
import Users from 'lucide-react/icons/users';
import { Person } from '../ui/avatar.tsx';
import type { Target } from './targets.ts';

/** A person, a team or a schedule, told apart by more than their words. */
export function TargetName({ target, name }: { target: Target; name: string }) {
  if (target.kind === 'user') return <Person name={name} className="max-w-44" />;
  const Icon = target.kind === 'team' ? Users : CalendarClock;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon size={16} className="shrink-0 text-muted" aria-label={target.kind === 'team' ? 'Team' : 'Schedule'} />
      <span dir="auto" className="max-w-56 truncate">
        {name}
      </span>
    </span>
  );
}
