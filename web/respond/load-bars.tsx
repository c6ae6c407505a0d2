import type { PersonLoadView } from '#respond/contract';
import { Person } from '../ui/avatar.tsx';
import { plural } from '../ui/format.ts';

const HOUR = 3_600;
const hoursOf = (seconds: number) => `${Math.round(seconds / HOUR)} h`;

/** Each person's time on call as a bar: by day, then nights and free days; beside it what interrupted them. */
export function LoadBars({ people }: { people: readonly PersonLoadView[] }) {
  const most = Math.max(HOUR, ...people.map(({ totalSeconds }) => totalSeconds));
  return (
    <ul className="grid gap-2.5">
      {people.map((person) => (
        <li key={person.userId} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <span className="w-32 min-w-0">
            <Person name={person.userName} className="max-w-full" />
          </span>
          <span className="flex h-2 min-w-24 flex-1 gap-0.5" aria-hidden="true">
            <Bar part={person.daySeconds / most} tone="bg-accent" />
            <Bar part={(person.totalSeconds - person.daySeconds) / most} tone="bg-unknown" />
          </span>
          <span className="num w-60 text-xs text-muted max-md:w-full">
            {hoursOf(person.totalSeconds)}, {plural(person.pages, 'page')}
            {person.interruptedNights === 0 ? '' : `, ${plural(person.interruptedNights, 'broken night')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How often pages interrupted each person's free time: the nights that they broke, and what else. */
export function InterruptionBars({ people }: { people: readonly PersonLoadView[] }) {
  const most = Math.max(1, ...people.map(({ interruptions }) => interruptions));
  return (
    <ul className="grid gap-2.5">
      {people.map(({ userId, userName, interruptions, interruptedNights, interruptionShare }) => {
        const nights = Math.min(interruptions, interruptedNights);
        return (
          <li key={userId} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
            <span className="w-32 min-w-0">
              <Person name={userName} className="max-w-full" />
            </span>
            <span className="flex h-2 min-w-24 flex-1 gap-0.5" aria-hidden="true">
              <Bar part={nights / most} tone="bg-warn" />
              <Bar part={(interruptions - nights) / most} tone="bg-unknown" />
            </span>
            <span className="num w-60 text-xs text-muted max-md:w-full">
              {plural(interruptions, 'interruption')}
              {interruptedNights === 0 ? '' : `, ${plural(interruptedNights, 'broken night')}`}
              {interruptionShare === null || interruptions < 3 ? '' : `, ${interruptionShare} × the average`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Bar({ part, tone }: { part: number; tone: string }) {
  if (part <= 0) return null;
  return <span className={`min-w-0.5 rounded-full ${tone}`} style={{ flexBasis: `${part * 100}%` }} />;
}

/** "Ann carries 1.6 × the average time on call." for everybody who carries much more than others; else that it is even. */
export function fairnessWords(people: readonly PersonLoadView[]): string {
  // Minutes say nothing about how it is shared.
  if (people.length < 2 || people.every(({ totalSeconds }) => totalSeconds < HOUR)) return '';
  const heavy = people.flatMap(({ userName, timeShare, interruptionShare, interruptions }) => [
    ...(timeShare !== null && timeShare >= MUCH
      ? [`${userName} carries ${timeShare} × the average time on call.`]
      : []),
    // One page at night is bad luck; several are a pattern.
    ...(interruptionShare !== null && interruptionShare >= MUCH && interruptions >= 3
      ? [`${userName} is interrupted ${interruptionShare} × as often as the average.`]
      : []),
  ]);
  return heavy.length === 0 ? 'It is shared evenly.' : heavy.join(' ');
}

const MUCH = 1.3;
