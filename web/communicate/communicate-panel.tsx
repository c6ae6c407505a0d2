import { Link } from '@tanstack/react-router';
import { listComponents, listIncidentUpdates, listStatusPages } from '#communicate/contract';
import type { IncidentView } from '#declare/contract';
import { useRead } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Section } from '../ui/panel.tsx';
import { lookOf, StateWord } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { affectedComponents } from './affected-components.ts';

/** What the public knows: the last update, the components that it touches, and where people read it. */
export function CommunicatePanel({ incident }: { incident: IncidentView }) {
  const topics = [...topicsOf(incident.id), 'status-pages'];
  const updates = useRead(listIncidentUpdates, { params: { id: incident.id }, query: { limit: 50 } }, topics);
  const components = useRead(listComponents, { query: { limit: 200 } }, topics);
  const pages = useRead(listStatusPages, { query: { limit: 50 } }, ['status-pages', 'subscribers']);
  const drill = incident.kind === 'drill';
  const last = updates.data?.items[0];
  const touched = affectedComponents(components.data?.items ?? [], incident, updates.data?.items ?? []);
  const shown = pages.data?.items.filter(({ id, published }) =>
    last === undefined || last.statusPageIds.length === 0 ? published : last.statusPageIds.includes(id),
  );
  return (
    <Section title="In public">
      {updates.data === undefined ? null : (
        <p className={last === undefined ? 'text-muted' : ''}>
          {last === undefined ? (
            drill ? (
              'A drill: nothing of it goes public.'
            ) : (
              'Nothing has been said in public yet.'
            )
          ) : (
            <>
              {drill ? 'Practice update' : 'Last update'} <RelativeTime at={last.postedAt} show="relative" />
              <span className="text-muted">, {lookOf(last.status).word.toLowerCase()}</span>
            </>
          )}
        </p>
      )}
      {drill || touched.length === 0 ? null : (
        <ul aria-label="Components, as the public sees them" className="mt-2 flex flex-col gap-1">
          {touched.map(({ id, name, status }) => (
            <li key={id} className="flex items-center justify-between gap-3">
              <span dir="auto" className="min-w-0 truncate text-left">
                {name}
              </span>
              <StateWord state={status} className="text-xs" />
            </li>
          ))}
        </ul>
      )}
      {drill || shown === undefined ? null : (
        <ul className="mt-2 flex flex-col gap-0.5 text-xs text-muted">
          {shown.map((page) => (
            <li key={page.id} className="flex flex-wrap justify-between gap-x-3">
              <a href={page.url} target="_blank" rel="noreferrer" className={`min-w-0 truncate ${textLink}`}>
                {page.name}
                <span className="sr-only">, the public page (opens in a new tab)</span>
              </a>
              <span className="num">{plural(page.subscriberCount, 'subscriber')}</span>
            </li>
          ))}
          {shown.length === 0 ? (
            <li>
              No status page is published.{' '}
              <Link to="/status-pages" className={textLink}>
                Publish one
              </Link>
            </li>
          ) : null}
        </ul>
      )}
    </Section>
  );
}
