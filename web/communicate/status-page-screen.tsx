import { Link, useParams } from '@tanstack/react-router';
import { readStatusPageRoute, type StatusPageView } from '#communicate/contract';
import { useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { buttonClass } from '../ui/button.tsx';
import { Note } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { AddressList } from './address-list.tsx';
import { ComponentList } from './component-list.tsx';
import { PagePreview } from './page-preview.tsx';
import { PublishButton } from './publish-button.tsx';
import { ReportSwitch } from './report-switch.tsx';
import { StatusPageForm } from './status-page-form.tsx';
import { SubscriberList } from './subscriber-list.tsx';

export function StatusPageScreen() {
  const { statusPageId } = useParams({ from: '/shell/status-pages/$statusPageId' });
  const read = useRead(readStatusPageRoute, { params: { id: statusPageId } }, ['status-pages', 'subscribers']);
  return (
    <Loaded read={read} rows={6}>
      {(page) => <StatusPageContent page={page} />}
    </Loaded>
  );
}

/** Everything about one page, beside the page itself. */
export function StatusPageContent({ page }: { page: StatusPageView }) {
  const mayManage = useMay('status-pages.manage');
  const mayReadSubscribers = useMay('subscribers.read');
  return (
    <Page
      title={page.name}
      above={
        <>
          {page.published ? (
            <StateBadge state={page.headline.state} />
          ) : (
            <StateBadge state="draft" detail="not public" />
          )}
          <span>Status page</span>
        </>
      }
      below={<span dir="auto">{page.headline.title}</span>}
      acts={
        <>
          <Link to="/status-pages/wording" className={buttonClass('ghost')}>
            Wording of updates
          </Link>
          {page.published ? (
            <a href={page.url} target="_blank" rel="noreferrer" className={buttonClass()}>
              Open the page
            </a>
          ) : null}
          {mayManage ? <PublishButton page={page} /> : null}
        </>
      }
    >
      {page.published ? null : (
        <Note tone="warn" className="mb-5">
          Nobody outside can read this page. Public updates would reach nobody.
        </Note>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8">
          <ComponentList page={page} />
          {mayReadSubscribers ? <SubscriberList page={page} /> : null}
          {mayManage ? <StatusPageForm key={page.id} page={page} /> : null}
          {mayManage ? <ReportSwitch page={page} /> : null}
          {page.published ? <AddressList page={page} /> : null}
        </div>
        <PagePreview page={page} />
      </div>
    </Page>
  );
}
