import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listPages, type PageState, type PageView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { withoutDrillWord } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, RelativeTime } from '../ui/time.tsx';

type Filter = PageState | 'all';
const filters: { value: Filter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'acknowledged', label: 'Acknowledged' },
  { value: 'held', label: 'Waiting' },
  { value: 'stopped', label: 'Over' },
];

/** The latest pages, each with what became of it. */
export function PageList() {
  const [filter, setFilter] = useState<Filter>('all');
  const list = useList(
    listPages,
    { query: { limit: 20, drills: 'false', ...(filter === 'all' ? {} : { state: filter }) } },
    ['pages'],
  );
  return (
    <Section
      title="Pages"
      aside={
        <span className="flex items-center gap-4">
          <Link to="/pages" className={textLink}>
            Journal
          </Link>
          <Segments label="State" value={filter} onChange={setFilter} options={filters} />
        </span>
      }
      className="lg:col-span-2"
    >
      <LoadedList
        list={list}
        rows={4}
        empty={
          <EmptyState title={filter === 'all' ? 'Nobody has been paged yet' : 'No such page'}>
            {filter === 'all' ? 'A drill on a monitor shows how it goes: it pages for real, marked as a drill.' : null}
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((page) => (
              <Line key={page.id} page={page} />
            ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}

function Line({ page }: { page: PageView }) {
  return (
    <Row className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="flex w-32 items-center gap-2">
        <StateBadge state={page.state} />
      </span>
      <span className="min-w-0 flex-1 basis-60">
        <Link
          to="/pages/$pageId"
          params={{ pageId: page.id }}
          dir="auto"
          className="block truncate text-left font-medium hover:underline"
        >
          {page.drill ? withoutDrillWord(page.title) : page.title}
        </Link>
        <Asked page={page} />
      </span>
      {page.severity === null ? null : <StateBadge state={page.severity} />}
      {page.drill ? <StateBadge state="drill" /> : null}
      <span className="text-xs text-muted">
        <Outcome page={page} />
      </span>
      <RelativeTime at={page.createdAt} className="num ml-auto text-xs text-muted" />
    </Row>
  );
}

function Outcome({ page }: { page: PageView }) {
  const nameOf = usePersonName();
  if (page.state === 'acknowledged') return `${nameOf(page.acknowledgedBy)} is on it`;
  if (page.state === 'held') {
    return (
      <>
        goes out <RelativeTime at={page.startsAt} />
      </>
    );
  }
  if (page.cause === 'drill') return page.state === 'stopped' ? page.stopReason : 'ends by itself';
  if (page.reachedNobody) return <span className="font-medium text-bad-text">reached nobody</span>;
  if (page.state === 'stopped')
    return [
      page.stopReason,
      ...(page.acknowledgedBy === null ? [] : [`${nameOf(page.acknowledgedBy)} was on it`]),
    ].join('; ');
  if (page.nextStepAt === null)
    return <span className="font-medium text-bad-text">nobody has answered, no further step</span>;
  return (
    <>
      goes to {page.nextUserIds.map(nameOf).join(', ') || 'nobody'} in <Countdown dueAt={page.nextStepAt} />
    </>
  );
}

/** Whom it asked so far. */
function Asked({ page }: { page: PageView }) {
  const names = [...new Set(page.notices.map(({ userName }) => userName))];
  if (names.length === 0) return null;
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  return (
    <span className="block truncate text-xs text-muted">
      {page.cause === 'role-vacancy' ? 'no commander; asked ' : 'asked '}
      {shown.join(', ')}
    </span>
  );
}
