import type { ImportComparisonView } from '#respond/contract';
import { useMinute } from '../ui/clock.ts';
import { formatAbsolute, formatDuration, plural } from '../ui/format.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Panel } from '../ui/panel.tsx';

const MOST = 40;
const names = (people: readonly string[]) => (people.length === 0 ? 'nobody' : people.join(', '));

/** One schedule: the shifts that come, and where the two tools disagree. */
export function ImportComparison({ comparison, tool }: { comparison: ImportComparisonView; tool: string }) {
  const { name, timeZone, shifts } = comparison;
  const now = useMinute();
  const at = (instant: string) => formatAbsolute(new Date(instant), now, timeZone);
  return (
    <Panel className="p-4">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <bdi className="font-medium">{name}</bdi>
        <span className="text-xs text-muted">times in {timeZone}</span>
      </p>
      <Verdict comparison={comparison} tool={tool} />
      {(comparison.compared?.differences.length ?? 0) === 0 ? null : (
        <ul className="mt-2 grid gap-1 text-sm">
          {comparison.compared?.differences.slice(0, MOST).map(({ startsAt, endsAt, here, there }) => (
            <li key={startsAt}>
              <span className="num text-xs text-muted">
                {at(startsAt)} to {at(endsAt)}
              </span>{' '}
              <bdi>{names(here)}</bdi> here, <bdi>{names(there)}</bdi> in {tool}
            </li>
          ))}
        </ul>
      )}
      <details className="mt-2">
        <summary className="w-fit text-xs text-muted hover:text-text">
          {plural(shifts.length, 'shift')} by our reckoning
        </summary>
        <ul className="mt-2 grid gap-1 text-sm">
          {shifts.slice(0, MOST).map(({ startsAt, endsAt, people }) => (
            <li key={startsAt}>
              <span className="num text-xs text-muted">
                {at(startsAt)} to {at(endsAt)}
              </span>{' '}
              {people.length === 0 ? <span className="text-bad-text">nobody</span> : <bdi>{names(people)}</bdi>}
            </li>
          ))}
        </ul>
        {shifts.length > MOST ? <p className="text-xs text-muted">and {shifts.length - MOST} more</p> : null}
      </details>
    </Panel>
  );
}

function Verdict({ comparison: { compared }, tool }: { comparison: ImportComparisonView; tool: string }) {
  if (compared === null)
    return (
      <p className="mt-1 text-sm text-muted">
        The export does not say who is on call in {tool}, so nothing is compared.
      </p>
    );
  const same = compared.differentMinutes === 0;
  return (
    <p className={`mt-1 flex items-center gap-2 text-sm ${same ? 'text-ok-text' : 'text-warn-text'}`}>
      <Glyph name={same ? 'check' : 'ring'} className="size-3 shrink-0" />
      {same
        ? `The same as in ${tool} in every one of ${compared.sameMinutes.toLocaleString('en')} minutes.`
        : `Different from ${tool} for ${formatDuration(compared.differentMinutes * 60)} of ${formatDuration((compared.sameMinutes + compared.differentMinutes) * 60)}.`}
    </p>
  );
}
