import { useParams } from '@tanstack/react-router';
import { readAlertRoute } from '#detect/contract';
import { listServices } from '#monitor/contract';
import { type PageView, readPageRoute } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useAll, useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { withoutDrillWord } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { PageActs } from './page-acts.tsx';
import { PageEvidence } from './page-evidence.tsx';
import { PageJournal } from './page-journal.tsx';
import { PagePeople } from './page-people.tsx';

/** What a paged person opens, on a phone first: what is wrong, who else knows, and one button that says "I am on it". */
export function PageScreen() {
  const { pageId } = useParams({ from: '/shell/pages/$pageId' });
  const read = useRead(readPageRoute, { params: { id: pageId } }, ['pages', `page:${pageId}`, 'deliveries']);
  return (
    <div className="flex w-full flex-1 flex-col px-4 pt-4 md:px-7 md:pt-6 md:pb-12">
      <Loaded read={read} rows={6}>
        {(page) => <Content page={page} />}
      </Loaded>
    </div>
  );
}

function Content({ page }: { page: PageView }) {
  const alert = useRead(readAlertRoute, { params: { id: page.alertId ?? '' } }, ['alerts', `alert:${page.alertId}`], {
    enabled: page.alertId !== null,
  });
  const services = useAll(listServices, {}, ['monitors'], { enabled: page.serviceId !== null });
  const service = services.data?.items.find(({ id }) => id === page.serviceId);
  return (
    <div className="mx-auto flex w-full max-w-[1000px] flex-1 flex-col gap-x-10 gap-y-6 lg:grid lg:flex-none lg:grid-cols-[minmax(0,1fr)_minmax(0,380px)] lg:items-start">
      <div className="flex min-w-0 flex-col gap-4 max-lg:min-h-[calc(100dvh-72px)] max-md:min-h-[calc(100dvh-124px)]">
        <header>
          <div className="flex flex-wrap items-center gap-2 text-xs text-muted">
            <Urgency page={page} />
            {page.severity === null ? null : <StateBadge state={page.severity} />}
            {page.drill ? <StateBadge state="drill" /> : null}
            <RelativeTime at={page.createdAt} className="num ml-auto" />
          </div>
          <h1 dir="auto" className="mt-3 text-big font-semibold tracking-tight text-balance break-words">
            {page.drill ? withoutDrillWord(page.title) : page.title}
          </h1>
          <p className="mt-1 text-muted max-md:text-lg">
            {service === undefined ? null : <bdi>{service.name} · </bdi>}
            <Standing page={page} />
          </p>
        </header>
        {page.drill ? (
          <p className="font-medium text-accent-text">
            {page.cause === 'drill'
              ? 'This is a drill: nothing is broken. Acknowledge to finish.'
              : 'This is practice: nothing is broken. Answer as if it were.'}
          </p>
        ) : null}
        {page.note === null ? null : (
          <p dir="auto" className="whitespace-pre-line break-words">
            {page.note}
          </p>
        )}
        {alert.data === undefined ? null : <PageEvidence alert={alert.data} />}
        <PagePeople page={page} />
        <PageActs page={page} />
      </div>
      <PageJournal page={page} />
    </div>
  );
}

function Urgency({ page }: { page: PageView }) {
  if (page.state !== 'open') return <StateBadge state={page.state} />;
  return page.urgency === 'high' ? (
    <Badge tone="bad" glyph="up">
      Page · high urgency
    </Badge>
  ) : (
    <Badge tone="warn" glyph="dot">
      Page · low urgency
    </Badge>
  );
}

function Standing({ page }: { page: PageView }) {
  const { user } = useSession();
  const nameOf = usePersonName();
  const mine = page.notices.find(({ userId }) => userId === user.id);
  if (page.state === 'held') {
    return (
      <>
        waits for business hours, goes out <RelativeTime at={page.startsAt} />
      </>
    );
  }
  if (page.state === 'stopped') return `over: ${page.stopReason ?? 'it was stopped'}`;
  const round = page.state === 'open' && page.cycle > 1 ? `, round ${page.cycle}` : '';
  const where = mine === undefined ? `now in step ${page.step}${round}` : `you are in step ${mine.step}${round}`;
  if (page.cause === 'drill') return 'a test of one person, nobody else is asked';
  if (page.cause === 'by-hand') return `${nameOf(page.askedBy)} asks for people${round}`;
  return page.cause === 'role-vacancy' ? `its incident has no commander · ${where}` : where;
}
