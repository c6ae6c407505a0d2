import CalendarClock from 'lucide-react/icons/calendar-clock';
import Megaphone from 'lucide-react/icons/megaphone';
import Users from 'lucide-react/icons/users';
import { Person } from '../ui/avatar.tsx';
import type { Target } from './targets.ts';

const looks = {
  team: { Icon: Users, word: 'Team' },
  schedule: { Icon: CalendarClock, word: 'Schedule' },
  channel: { Icon: Megaphone, word: 'Channel' },
} as const;

/** A person, a team, a schedule or a channel, told apart by more than their words. */
export function TargetName({ target, name }: { target: Target; name: string }) {
  if (target.kind === 'user') return <Person name={name} className="max-w-44" />;
  const { Icon, word } = looks[target.kind];
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon size={16} className="shrink-0 text-muted" aria-label={word} />
      <span dir="auto" className="max-w-56 truncate">
        {name}
      </span>
    </span>
  );
}
