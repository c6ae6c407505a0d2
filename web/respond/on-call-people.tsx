import type { ScheduleOnCallView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { Person } from '../ui/avatar.tsx';
import { gapWords } from './schedule-words.ts';

/** Who is on call, or that nobody is and why; those who only look on stand behind. */
export function OnCallPeople({ userIds, shadowIds, gap }: Pick<ScheduleOnCallView, 'userIds' | 'shadowIds' | 'gap'>) {
  const nameOf = usePersonName();
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      {userIds.map((id) => (
        <Person key={id} name={nameOf(id)} />
      ))}
      {gap === null ? null : (
        <span>
          <span className="font-medium text-bad-text">nobody</span>{' '}
          <span className="text-xs text-muted">{gapWords(gap, nameOf)}</span>
        </span>
      )}
      {shadowIds.length === 0 ? null : (
        <span className="text-xs text-muted">looking on: {shadowIds.map(nameOf).join(', ')}</span>
      )}
    </span>
  );
}
