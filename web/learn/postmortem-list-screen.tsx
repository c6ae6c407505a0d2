import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { listPostmortemsRoute } from '#learn/contract';
import { usePersonName } from '../access/people.ts';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Input } from '../ui/input.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';

export function PostmortemListScreen() {
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const list = useList(listPostmortemsRoute, { query: search === '' ? {} : { search } }, [
    'postmortems',
    'action-items',
  ]);
  const nameOf = usePersonName();
  const none = list.items?.length === 0 && search === '';
  return (
    <Page title="Postmortems" below="What happened, how it came about, and what changes.">
      {none ? null : (
        <Input
          type="search"
          aria-label="Find in postmortems"
          placeholder="Find in the text"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="mb-3 max-w-72"
        />
      )}
      <LoadedList
        list={list}
        empty={
          none ? (
            <EmptyState title="No postmortems yet">
              When an incident of SEV1 or SEV2 is resolved, its postmortem is drafted here from the record. For a
              smaller one, open the incident and draft it there.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing found">No postmortem contains these words.</EmptyState>
          )
        }
      >
        {(items) => (
          <Rows>
            {items.map((item) => (
              <Row key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <div className="min-w-0 flex-1 basis-72">
                  <Link
                    to="/postmortems/$postmortemId"
                    params={{ postmortemId: item.id }}
                    dir="auto"
                    className="block text-left font-medium hover:underline"
                  >
                    {item.incidentTitle}
                  </Link>
                  <p className="text-xs text-muted">
                    {item.incidentReference} · {item.severity} ·{' '}
                    {item.ownerId === null ? 'no owner yet' : nameOf(item.ownerId)}
                    {item.openActionItems === 0
                      ? null
                      : ` · ${item.openActionItems} open action ${item.openActionItems === 1 ? 'item' : 'items'}`}
                  </p>
                </div>
                {item.drill ? <StateBadge state="drill" /> : null}
                <StateBadge state={item.state} />
                <span className="w-40 text-right text-xs text-muted max-md:w-auto">
                  {item.publishedAt === null ? (
                    <>
                      due <RelativeTime at={item.dueAt} show="relative" />
                    </>
                  ) : (
                    <>
                      published <RelativeTime at={item.publishedAt} show="relative" />
                    </>
                  )}
                </span>
              </Row>
            ))}
          </Rows>
        )}
      </LoadedList>
    </Page>
  );
}
