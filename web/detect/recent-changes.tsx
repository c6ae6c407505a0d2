import { type ChangeEventView, listChangeEvents } from '#detect/contract';
import { useList } from '../data/query.ts';
import { formatDuration } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Row, Rows, Section } from '../ui/panel.tsx';

const BEFORE_HOURS = 6;
/** More than anybody reads; the latest are shown. */
const MOST = 20;

/**
 * What other tools say that people changed in the hours before something began, and since: of these services, or of none
 * in particular. Nothing where no tool tells.
 */
export function RecentChanges({
  serviceIds,
  began,
  until,
}: {
  serviceIds: readonly string[];
  began: string;
  /** When it was over; null while it goes on. */
  until: string | null;
}) {
  const since = new Date(Date.parse(began) - BEFORE_HOURS * 3_600_000).toISOString();
  const changes = useList(
    listChangeEvents,
    {
      query: {
        since,
        limit: MOST,
        ...(until === null ? {} : { until }),
        ...(serviceIds.length === 0 ? {} : { concerns: serviceIds.join(',') }),
      },
    },
    ['settings', 'alerts'],
    { refetchInterval: 30_000 },
  );
  if (changes.items === undefined || changes.items.length === 0) return null;
  return (
    <Section title="Changes before and since" aside={`from ${BEFORE_HOURS} h before`}>
      <Rows>
        {changes.items.map((change) => (
          <ChangeLine key={change.id} change={change} began={began} />
        ))}
      </Rows>
    </Section>
  );
}

function ChangeLine({ change, began }: { change: ChangeEventView; began: string }) {
  const { summary, links, alertSourceName, source, happenedAt } = change;
  const seconds = (Date.parse(began) - Date.parse(happenedAt)) / 1_000;
  const when = `${formatDuration(Math.abs(seconds))} ${seconds >= 0 ? 'before it began' : 'after it began'}`;
  return (
    <Row>
      <p className="break-words">
        <bdi>{summary}</bdi>
      </p>
      <p className="text-xs break-words text-muted">
        {when} · <bdi>{source === null ? alertSourceName : `${alertSourceName}, ${source}`}</bdi>
        {links.map(({ href, text }) => (
          <span key={href}>
            {' · '}
            <a href={href} target="_blank" rel="noreferrer noopener" className={`break-all ${textLink}`}>
              <bdi>{text}</bdi>
            </a>
          </span>
        ))}
      </p>
    </Row>
  );
}
