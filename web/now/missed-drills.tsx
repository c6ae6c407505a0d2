import { Link } from '@tanstack/react-router';
import { listDrilledPeople } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { Note } from '../ui/error-note.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** Whoever did not acknowledge their last drill: a page at night would not reach them either. */
export function MissedDrills() {
  const { data } = useRead(listDrilledPeople, {}, ['drills', 'members']);
  const missed =
    data?.items.flatMap(({ userName, last }) => (last?.state === 'missed' ? [{ userName, last }] : [])) ?? [];
  const [first] = missed;
  if (first === undefined) return null;
  const others = missed.length - 1;
  return (
    <Note tone="warn" className="mt-2">
      <bdi>{first.userName}</bdi>
      {others === 0 ? ' did not acknowledge the drill ' : ` and ${others} more did not acknowledge their last drill, `}
      <RelativeTime at={first.last.startedAt} />.{' '}
      <Link to="/drills" className="underline underline-offset-2">
        Mend it
      </Link>
    </Note>
  );
}
