import { listPages, type PageView } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { channels } from '../delivery/channels.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Row, Rows } from '../ui/panel.tsx';
import { StateBadge, StateWord } from '../ui/state-badge.tsx';
import { Person } from '../ui/avatar.tsx';
import { Countdown, RelativeTime } from '../ui/time.tsx';

/** The pages for one alert, each with every message it sent or will send. */
export function AlertPages({ alertId }: { alertId: string }) {
  const pages = useRead(listPages, { query: { alertId } }, ['pages', 'deliveries', `alert:${alertId}`]);
  return (
    <Loaded read={pages} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="Nobody was paged for it">
            Warnings and notes page nobody; severe alerts follow the escalation policy.
          </EmptyState>
        ) : (
          <Rows>
            {items.map((page) => (
              <PageRow key={page.id} page={page} />
            ))}
          </Rows>
        )
      }
    </Loaded>
  );
}

function PageRow({ page }: { page: PageView }) {
  return (
    <Row>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <StateBadge state={page.state} />
        <span>
          step {page.step}
          {page.cycle > 1 ? `, round ${page.cycle}` : ''} · <RelativeTime at={page.createdAt} />
        </span>
        {page.state === 'open' && page.nextStepAt !== null ? (
          <span>
            next step in <Countdown dueAt={page.nextStepAt} warnSeconds={60} />
          </span>
        ) : null}
      </p>
      {page.reachedNobody ? <p className="mt-1 font-medium text-bad-text">It reached nobody.</p> : null}
      <ul className="mt-2 divide-y divide-line">
        {page.notices.map((notice) => (
          <li
            key={`${notice.userId} ${notice.contactMethodId ?? ''} ${notice.step} ${notice.cycle} ${notice.at}`}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5"
          >
            <Person name={notice.userName} className="min-w-36" />
            <span className="text-muted">{channels[notice.kind].name}</span>
            <StateWord state={notice.state} className="text-xs" />
            <RelativeTime at={notice.at} show="absolute" className="ml-auto text-xs text-muted" />
            {notice.why === null ? null : <span className="basis-full text-xs text-muted">{notice.why}</span>}
          </li>
        ))}
      </ul>
    </Row>
  );
}
