import { useState } from 'react';
import { listActionItemsRoute } from '#learn/contract';
import { useList } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { ActionItemRow } from './action-item-row.tsx';

const filters = {
  open: { state: 'open' },
  mine: { state: 'open', mine: true },
  overdue: { overdue: 'true' },
  done: { state: 'done' },
  waived: { state: 'waived' },
} as const;
type Filter = keyof typeof filters;

export function ActionItemListScreen() {
  const { user } = useSession();
  const [filter, setFilter] = useState<Filter>('open');
  const { mine, ...query } = { mine: false, ...filters[filter] };
  const list = useList(listActionItemsRoute, { query: { ...query, ...(mine ? { ownerId: user.id } : {}) } }, [
    'action-items',
  ]);
  return (
    <Page
      title="Action items"
      below="Each is specific, owned by one person and dated; it counts until it is done or waived."
    >
      <div className="mb-3">
        <Segments
          label="Which"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'mine', label: 'Mine' },
            { value: 'overdue', label: 'Overdue' },
            { value: 'done', label: 'Done' },
            { value: 'waived', label: 'Waived' },
          ]}
        />
      </div>
      <LoadedList
        list={list}
        empty={
          <EmptyState title={filter === 'overdue' ? 'Nothing is overdue' : 'None here'}>
            Action items are raised in an incident or in its postmortem.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((item) => (
              <ActionItemRow key={item.id} item={item} showIncident />
            ))}
          </Rows>
        )}
      </LoadedList>
    </Page>
  );
}
