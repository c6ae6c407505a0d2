import type { EntryType, TimelineEntryView } from '#declare/contract';
import { usePersonName } from '../access/people.ts';
import { Badge } from '../ui/badge.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';

const dots: Partial<Record<EntryType, string>> = {
  declared: 'bg-bad',
  reopened: 'bg-bad',
  check: 'bg-bad',
  alerts: 'bg-bad',
  severity: 'bg-warn',
  promise: 'bg-warn',
  mitigated: 'bg-ok',
  resolved: 'bg-ok',
  recovery: 'bg-ok',
  'page-acknowledged': 'bg-ok',
  update: 'bg-accent',
};

/** Written by a person, in their own words; everything else is a sentence of the record. */
const spoken = new Set<EntryType>(['note', 'image', 'correction']);

export function TimelineEntry({ entry }: { entry: TimelineEntryView }) {
  const nameOf = usePersonName();
  const who = entry.actorUserId === null ? null : nameOf(entry.actorUserId);
  const isUpdate = entry.type === 'update' && typeof entry.data['body'] === 'string';
  return (
    <li className="grid grid-cols-[3.25rem_0.75rem_minmax(0,1fr)] gap-x-2">
      <RelativeTime
        at={entry.occurredAt}
        show="absolute"
        className="num overflow-hidden text-xs leading-5 text-muted"
      />
      <span aria-hidden="true" className={`mt-1.5 size-2 rounded-full ${dots[entry.type] ?? 'bg-unknown'}`} />
      <div className="min-w-0">
        {spoken.has(entry.type) ? (
          <>
            <p className="text-xs text-muted">
              <span className="font-semibold text-text">{who ?? 'Allclear'}</span>
              <Marks entry={entry} />
            </p>
            <Markdown text={entry.text} />
            <Picture entry={entry} />
          </>
        ) : (
          <p dir="auto" className="break-words">
            <span className={isUpdate ? 'font-semibold' : ''}>{entry.text}</span>
            {who === null ? null : <span className="text-muted"> · {who}</span>}
            <Marks entry={entry} />
          </p>
        )}
        {isUpdate ? (
          <blockquote className="mt-1 border-l-2 border-accent pl-3">
            <Markdown text={String(entry.data['body'])} />
          </blockquote>
        ) : null}
      </div>
    </li>
  );
}

function Marks({ entry }: { entry: TimelineEntryView }) {
  const status = entry.data['status'];
  return (
    <>
      {entry.type === 'update' && typeof status === 'string' ? (
        <>
          {' '}
          <StateBadge state={status} />
        </>
      ) : null}
      {entry.late ? (
        <>
          {' '}
          <Badge>written down later</Badge>
        </>
      ) : null}
      {entry.type === 'correction' ? (
        <>
          {' '}
          <Badge>correction</Badge>
        </>
      ) : null}
    </>
  );
}

function Picture({ entry }: { entry: TimelineEntryView }) {
  const href = entry.data['href'];
  if (entry.type !== 'image' || typeof href !== 'string') return null;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      <img
        src={href}
        alt={entry.text || 'Picture on the timeline'}
        loading="lazy"
        className="mt-1 max-h-64 max-w-full rounded-control border border-line"
      />
    </a>
  );
}
