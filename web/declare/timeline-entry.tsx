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

const loud = new Set<EntryType>(['declared', 'mitigated', 'resolved', 'reopened', 'check']);

/** Written by a person, in their own words; everything else is a sentence of the record. */
const spoken = new Set<EntryType>(['note', 'image', 'correction']);

export function TimelineEntry({ entry }: { entry: TimelineEntryView }) {
  const nameOf = usePersonName();
  const who = entry.actorUserId === null ? null : nameOf(entry.actorUserId);
  // Sentences that name the person already do not name them twice.
  const by = who === null || entry.text.includes(who) ? null : who;
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
        ) : entry.type === 'update' ? (
          <PublicUpdate entry={entry} by={who} />
        ) : (
          <p dir="auto" className="text-left break-words">
            <span className={loud.has(entry.type) ? 'font-semibold' : ''}>{entry.text}</span>
            {by === null ? null : <span className="text-muted"> · {by}</span>}
            <Marks entry={entry} />
          </p>
        )}
      </div>
    </li>
  );
}

function PublicUpdate({ entry, by }: { entry: TimelineEntryView; by: string | null }) {
  const { status, nextUpdateBy, drill } = entry.data;
  return (
    <>
      <p>
        <span className="font-semibold">{drill === true ? 'Update of the drill' : 'Public update'}</span>{' '}
        {typeof status === 'string' ? <StateBadge state={status} /> : null}
        <span className="text-muted">
          {by === null ? '' : ` · ${by}`}
          {typeof nextUpdateBy === 'string' ? (
            <>
              {' '}
              · next by <RelativeTime at={nextUpdateBy} show="absolute" />
            </>
          ) : null}
        </span>
      </p>
      <blockquote className="mt-1 border-l-2 border-accent pl-3">
        <Markdown text={entry.text} />
      </blockquote>
    </>
  );
}

function Marks({ entry }: { entry: TimelineEntryView }) {
  return (
    <>
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
