import { useEffect, useRef } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { type EntryType, type IncidentView, readTimeline, type TimelineEntryView } from '#declare/contract';
import { useList } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TimelineEntry } from './timeline-entry.tsx';
import { incidentRouteApi } from './route-api.ts';
import { topicsOf } from './open-states.ts';

type Show = 'everything' | 'notes' | 'public' | 'pages' | 'checks';

const shown: Record<Show, (entry: TimelineEntryView) => boolean> = {
  everything: () => true,
  notes: ({ type }) =>
    (['note', 'image', 'correction', 'task', 'board'] satisfies EntryType[]).some((one) => one === type),
  public: ({ type, visibility }) => type === 'update' || visibility === 'public',
  pages: ({ type }) => type === 'page' || type === 'page-acknowledged',
  checks: ({ type }) => type === 'check' || type === 'recovery' || type === 'alerts',
};

const tabs = [
  { value: 'everything', label: 'Everything' },
  { value: 'notes', label: 'Notes' },
  { value: 'public', label: 'Public' },
  { value: 'pages', label: 'Pages' },
  { value: 'checks', label: 'Checks' },
] as const;

/** The record as it is written: newest last, like a conversation. */
export function Timeline({ incident }: { incident: IncidentView }) {
  const search = incidentRouteApi.useSearch();
  const show = tabs.find(({ value }) => value === search.show)?.value ?? 'everything';
  const navigate = useNavigate();
  const list = useList(
    readTimeline,
    { params: { id: incident.id }, query: { order: 'newest', limit: 100 } },
    topicsOf(incident.id),
  );
  // By when it happened, so that what was written down later stands in its place.
  const items = list.items?.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt) || a.seq - b.seq);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const last = items?.at(-1)?.seq;
  // Follows the newest entry for as long as the reader stays at the end.
  useEffect(() => {
    if (follows.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Tabs
        className="px-4 md:px-5"
        label="Timeline"
        value={show}
        onChange={(next) =>
          void navigate({ to: '.', search: next === 'everything' ? {} : { show: next }, replace: true })
        }
        tabs={tabs}
        aside={<span className="text-xs text-muted max-sm:hidden">newest last</span>}
      />
      <div
        ref={box}
        role="region"
        aria-label="Timeline"
        tabIndex={0}
        onScroll={({ currentTarget: at }) =>
          void (follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < 80)
        }
        className="px-4 py-3 md:px-5 lg:min-h-0 lg:flex-1 lg:overflow-y-auto"
      >
        <LoadedList list={{ ...list, items, hasMore: false }} rows={6} empty={null}>
          {(entries) => (
            <>
              {list.hasMore ? (
                <Button size="sm" variant="ghost" busy={list.loadingMore} onClick={list.more} className="mb-2">
                  Show earlier entries
                </Button>
              ) : null}
              <ol aria-label="Timeline entries" aria-live="polite" className="flex flex-col gap-2.5">
                {entries.filter(shown[show]).map((entry) => (
                  <TimelineEntry key={entry.id} entry={entry} />
                ))}
              </ol>
            </>
          )}
        </LoadedList>
      </div>
    </div>
  );
}
