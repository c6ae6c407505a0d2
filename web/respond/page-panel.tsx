import { Link } from '@tanstack/react-router';
import type { IncidentView } from '#declare/contract';
import { acknowledgePageRoute, listIncidentPages, type PageView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Button } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { textLink } from '../ui/link.ts';
import { Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, RelativeTime } from '../ui/time.tsx';

/** Pages sent and answered. */
export function PagePanel({ incident }: { incident: IncidentView }) {
  const list = useList(listIncidentPages, { params: { id: incident.id }, query: { limit: 20 } }, [
    ...topicsOf(incident.id),
    'pages',
  ]);
  if (list.items === undefined || list.items.length === 0) return null;
  return (
    <Section
      title="Pages"
      aside={
        <Link to="/pages" search={{ incident: incident.id }} className={textLink}>
          Journal
        </Link>
      }
    >
      <ul className="flex flex-col gap-2">
        {list.items.map((page) => (
          <PageLine key={page.id} page={page} />
        ))}
      </ul>
    </Section>
  );
}

function PageLine({ page }: { page: PageView }) {
  const nameOf = usePersonName();
  const may = useMay('pages.act');
  const acknowledge = useAct(acknowledgePageRoute, { touches: ['pages', 'alerts', 'incidents', 'promises'] });
  return (
    <li>
      <div className="flex items-center justify-between gap-2">
        <Link
          to="/pages/$pageId"
          params={{ pageId: page.id }}
          dir="auto"
          className="min-w-0 truncate text-left hover:underline"
        >
          {page.title}
        </Link>
        <StateBadge state={page.state} />
      </div>
      <p className="text-xs text-muted">
        {page.acknowledgedAt !== null ? (
          <>
            by {nameOf(page.acknowledgedBy)} · <RelativeTime at={page.acknowledgedAt} show="absolute" />
          </>
        ) : null}
        {page.state === 'open' && page.nextStepAt !== null ? (
          <>
            goes to {page.nextUserIds.map(nameOf).join(', ') || 'nobody further'} in{' '}
            <Countdown dueAt={page.nextStepAt} />
          </>
        ) : null}
        {page.state === 'held' ? (
          <>
            goes out <RelativeTime at={page.startsAt} />
          </>
        ) : null}
        {page.state === 'stopped' ? `${page.acknowledgedAt === null ? '' : ' · '}${page.stopReason ?? 'over'}` : null}
        {page.reachedNobody ? <span className="font-medium text-bad-text"> reached nobody</span> : null}
      </p>
      {may && page.state === 'open' ? (
        <Button
          size="sm"
          className="mt-1"
          busy={acknowledge.isPending}
          onClick={() =>
            acknowledge.mutate(
              { params: { id: page.id }, body: {} },
              { onError: (error) => toast({ tone: 'bad', text: sentenceOf(error) }) },
            )
          }
        >
          Acknowledge
        </Button>
      ) : null}
    </li>
  );
}
