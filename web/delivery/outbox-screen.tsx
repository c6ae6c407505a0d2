import { useState } from 'react';
import { type DeliveryState, type DeliveryView, listDeliveries } from '#delivery/contract';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { DeliveryDrawer } from './delivery-drawer.tsx';

type Filter = DeliveryState | 'all';
const filters: { value: Filter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'held', label: 'Held' },
  { value: 'failed', label: 'Failed' },
  { value: 'queued', label: 'Waiting' },
  { value: 'sent', label: 'Sent' },
  { value: 'dropped', label: 'Not needed' },
];
const purposes: Record<DeliveryView['purpose'], string> = {
  page: 'Page',
  notice: 'Notice',
  test: 'Test',
  subscriber: 'Status update',
  invite: 'Invite',
};

/** Everything that went out, waits, failed, or would have gone out. */
export function OutboxScreen() {
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<string>();
  const list = useList(listDeliveries, { query: filter === 'all' ? {} : { state: filter } }, ['deliveries']);
  return (
    <Page
      title="Outbox"
      below="Every message that Allclear sent or tried to send."
      acts={<Segments label="State" value={filter} onChange={setFilter} options={filters} />}
    >
      <LoadedList
        list={list}
        rows={8}
        empty={
          <EmptyState title={filter === 'all' ? 'Nothing was sent yet' : 'No such message'}>
            {filter === 'all' ? 'The first test of a contact method will stand here.' : 'Choose All to see the others.'}
          </EmptyState>
        }
      >
        {(items) => (
          <Table
            label="Messages"
            head={
              <>
                <Th>State</Th>
                <Th>What</Th>
                <Th>To</Th>
                <Th>Why</Th>
                <Th numeric>When</Th>
              </>
            }
          >
            {items.map((delivery) => (
              <tr key={delivery.id} className="hover:bg-sunken">
                <Td>
                  <StateWord state={delivery.state} />
                </Td>
                <Td className="max-w-md">
                  <button
                    type="button"
                    onClick={() => setChosen(delivery.id)}
                    className="block max-w-full truncate text-left hover:underline"
                  >
                    <bdi>{delivery.subject}</bdi>
                  </button>
                  <span className="text-xs text-muted">
                    {purposes[delivery.purpose]}
                    {delivery.attempts > 1 ? ` · ${delivery.attempts} attempts` : ''}
                  </span>
                </Td>
                <Td className="max-w-56 truncate text-muted" title={delivery.address}>
                  {delivery.kind} {delivery.address}
                </Td>
                <Td className="max-w-72 text-xs text-muted">{delivery.why}</Td>
                <Td numeric>
                  <RelativeTime at={delivery.sentAt ?? delivery.createdAt} show="absolute" className="text-muted" />
                </Td>
              </tr>
            ))}
          </Table>
        )}
      </LoadedList>
      {chosen === undefined ? null : <DeliveryDrawer id={chosen} onClose={() => setChosen(undefined)} />}
    </Page>
  );
}
