import { Link } from '@tanstack/react-router';
import { listStatusPages, type StatusPageView } from '#communicate/contract';
import { useRead } from '../data/query.ts';
import { buttonClass } from '../ui/button.tsx';
import { plural } from '../ui/format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { StatusPageContent } from './status-page-screen.tsx';

/** The status pages; the only one of a workspace opens at once. */
export function StatusPageListScreen() {
  const read = useRead(listStatusPages, { query: { limit: 100 } }, ['status-pages', 'subscribers']);
  return (
    <Loaded read={read} rows={3}>
      {({ items }) => {
        const [only, ...others] = items;
        return only !== undefined && others.length === 0 ? <StatusPageContent page={only} /> : <List items={items} />;
      }}
    </Loaded>
  );
}

function List({ items }: { items: readonly StatusPageView[] }) {
  return (
    <Page
      title="Status pages"
      acts={
        <Link to="/status-pages/wording" className={buttonClass()}>
          Wording of updates
        </Link>
      }
    >
      {items.length === 0 ? (
        <EmptyState title="No status page">A workspace gets its first one when it is made.</EmptyState>
      ) : (
        <Rows>
          {items.map((page) => (
            <Row key={page.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <Link
                to="/status-pages/$statusPageId"
                params={{ statusPageId: page.id }}
                dir="auto"
                className="min-w-0 flex-1 basis-48 truncate text-left font-medium hover:underline"
              >
                {page.name}
              </Link>
              <StateWord state={page.published ? page.headline.state : 'draft'} className="text-xs" />
              <span className="num text-xs text-muted">
                {plural(page.componentCount, 'component')} · {plural(page.subscriberCount, 'subscriber')}
              </span>
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  );
}
