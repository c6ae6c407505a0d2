import Megaphone from 'lucide-react/icons/megaphone';
import { Link } from '@tanstack/react-router';
import { readIncidentRoute } from '#declare/contract';
import type { PageNoticeView, PageView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Person } from '../ui/avatar.tsx';
import { textLink } from '../ui/link.ts';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, RelativeTime } from '../ui/time.tsx';

/** The best that has happened to the messages of one person. */
function reachedWords(notices: readonly PageNoticeView[]): string {
  if (notices.some(({ state }) => state === 'sent')) return 'told';
  if (notices.some(({ state }) => state === 'queued' || state === 'sending')) return 'being told';
  const later = notices.filter(({ state }) => state === 'planned' || state === 'folded');
  if (later.length > 0)
    return later.every(({ quietUntil }) => quietUntil !== null) ? 'told after quiet hours' : 'will be told';
  if (notices.some(({ state }) => state === 'held')) return 'not told: nothing is configured to send';
  if (notices.some(({ state }) => state === 'failed')) return 'not told: sending failed';
  return 'not told';
}

const postWords: Record<PageView['posts'][number]['state'], string> = {
  queued: 'being told',
  sending: 'being told',
  sent: 'told',
  failed: 'not told: sending failed',
  held: 'not told: nothing is configured to send',
  dropped: 'not told',
};

/** Who is on it, who else was asked, and the incident when there is one. */
export function PagePeople({ page }: { page: PageView }) {
  const { user } = useSession();
  const nameOf = usePersonName();
  const others = [...new Set(page.notices.map(({ userId }) => userId))].filter((id) => id !== user.id);
  return (
    <Panel className="p-4">
      {page.acknowledgedAt === null ? null : (
        <p className="mb-2 flex flex-wrap items-center gap-x-2">
          <Person name={nameOf(page.acknowledgedBy)} className="font-semibold" />
          <span className="text-muted">
            {page.state === 'acknowledged' ? 'is on it, since' : 'acknowledged it'}{' '}
            <RelativeTime at={page.acknowledgedAt} />
            {page.acknowledgementEndsAt === null ? null : (
              <>
                ; without another word paging begins again in <Countdown dueAt={page.acknowledgementEndsAt} />
              </>
            )}
          </span>
        </p>
      )}
      {page.acknowledgement === 'all' ? <Answers page={page} /> : null}
      <Incident incidentId={page.incidentId} />
      {others.length === 0 ? (
        <p className="text-muted">
          {page.state === 'held' ? 'Nobody has been paged yet.' : 'Nobody else has been paged so far.'}
        </p>
      ) : (
        <>
          <h2 className="font-semibold">Also paged</h2>
          <ul>
            {others.map((id) => (
              <li key={id} className="flex items-center justify-between gap-3 py-1">
                <Person name={nameOf(id)} />
                <span className="text-xs text-muted">
                  {reachedWords(page.notices.filter(({ userId }) => userId === id))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {page.posts.length === 0 ? null : (
        <>
          <h2 className="mt-3 font-semibold">Channels told</h2>
          <ul>
            {[...new Map(page.posts.map((post) => [post.noticeChannelId, post])).values()].map((post) => (
              <li key={post.noticeChannelId} className="flex items-center justify-between gap-3 py-1">
                <span className="inline-flex min-w-0 items-center gap-1.5">
                  <Megaphone size={16} className="shrink-0 text-muted" aria-hidden="true" />
                  <bdi className="truncate">{post.name}</bdi>
                </span>
                <span className="text-xs text-muted">{postWords[post.state]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {page.reachedNobody && page.acknowledgedAt === null ? (
        <p className="mt-1 font-medium text-bad-text">
          No message of this page could be sent to anybody{page.posts.length === 0 ? '' : ', only to channels'}.{' '}
          <Link to="/on-call" className="underline underline-offset-2">
            See why
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}

/** Of a page that everybody asked has to acknowledge: who has, and that the others are still wanted. */
function Answers({ page }: { page: PageView }) {
  const names = page.answers.map(({ userName }) => userName);
  return (
    <p className="mb-2 text-muted">
      Everybody in the step has to acknowledge.{' '}
      {names.length === 0 ? 'Nobody has yet.' : `Acknowledged by ${names.join(', ')}.`}
    </p>
  );
}

function Incident({ incidentId }: { incidentId: string | null }) {
  const nameOf = usePersonName();
  const read = useRead(
    readIncidentRoute,
    { params: { id: incidentId ?? '' } },
    ['incidents', `incident:${incidentId ?? ''}`],
    { enabled: incidentId !== null },
  );
  if (read.data === undefined) return null;
  const { id, reference, state, roles } = read.data;
  const commander = roles['incident-commander'];
  return (
    <p className="mb-2 flex flex-wrap items-center gap-2">
      <StateBadge state={state} />
      <Link to="/incidents/$incidentId" params={{ incidentId: id }} className={textLink}>
        {reference}
      </Link>
      <span className="text-muted">
        {commander === undefined ? 'has no incident commander yet' : `is led by ${nameOf(commander)}`}
      </span>
    </p>
  );
}
