import { Link } from '@tanstack/react-router';
import { proveCoverageRoute, readCoverage, type ScheduleView } from '#respond/contract';
import { useAct, useRead } from '../../data/query.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { plural } from '../../ui/format.ts';
import { textLink } from '../../ui/link.ts';
import { RelativeTime } from '../../ui/time.tsx';
import { consequencesOf, gapGroups } from './gaps.ts';
import type { Stretch } from './span.ts';
import { stretchWords } from './words.ts';

/** What the last proof of coverage says of stretches in which nobody is on call by a schedule. */
export function useConsequences({ id, changedAt }: Pick<ScheduleView, 'id' | 'changedAt'>) {
  const read = useRead(readCoverage, {}, ['coverage']);
  return {
    report: read.data,
    of: (stretch: Stretch) => consequencesOf(stretch, id, read.data, changedAt),
  };
}

const MOST = 5;
const MOST_TIMES = 40;

/** The gaps ahead in what is shown, each with what would happen in it; the same consequence is said once. */
export function GapNotes({
  gaps,
  schedule,
  zone,
  onFill,
}: {
  gaps: readonly Stretch[];
  schedule: ScheduleView;
  zone: string;
  /** Undefined for who may not. */
  onFill: ((stretch: Stretch) => void) | undefined;
}) {
  const { report, of } = useConsequences(schedule);
  const prove = useAct(proveCoverageRoute, { touches: ['coverage'] });
  if (gaps.length === 0) return null;
  const groups = gapGroups(gaps, of);
  return (
    <section aria-label="Gaps" className="rounded-panel border border-bad bg-surface">
      <ul className="divide-y divide-line">
        {groups.slice(0, MOST).map(({ gaps: [first, ...more], words }) => (
          <li key={first.startMs} className="px-4 py-3">
            <p>
              <strong className="num font-semibold text-bad-text">{stretchWords(first, zone)}, nobody.</strong>{' '}
              {words.join(' ')}{' '}
              <span className="whitespace-nowrap">
                {onFill === undefined ? null : (
                  <>
                    <button type="button" className={textLink} onClick={() => onFill(first)}>
                      Fill it
                    </button>{' '}
                    ·{' '}
                  </>
                )}
                <Link to="/on-call" search={{ at: new Date(first.startMs).toISOString() }} className={textLink}>
                  Who is paged then?
                </Link>
              </span>
            </p>
            {more.length === 0 ? null : (
              <details className="mt-1 text-sm">
                <summary className="cursor-pointer text-muted">
                  the same {more.length === 1 ? 'once more' : `${plural(more.length, 'more time')}`}
                </summary>
                <ul className="num mt-1 grid gap-x-6 gap-y-0.5 text-muted sm:grid-cols-2 lg:grid-cols-3">
                  {more.slice(0, MOST_TIMES).map((gap) => (
                    <li key={gap.startMs}>{stretchWords(gap, zone)}</li>
                  ))}
                </ul>
                {more.length > MOST_TIMES ? (
                  <p className="mt-1 text-xs text-muted">and {more.length - MOST_TIMES} more</p>
                ) : null}
              </details>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-muted">
        <span>
          {groups.length > MOST ? `and ${plural(groups.length - MOST, 'other kind')} of gap. ` : ''}
          {report === undefined || report.provedAt === null ? (
            'Coverage was not looked at yet.'
          ) : (
            <>
              As coverage was proved <RelativeTime at={report.provedAt} />.
            </>
          )}
        </span>
        <Button size="sm" busy={prove.isPending} onClick={() => prove.mutate({})}>
          Look again
        </Button>
      </div>
      <ErrorNote error={prove.error} className="m-3" />
    </section>
  );
}
