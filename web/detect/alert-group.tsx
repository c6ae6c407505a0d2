import { type AlertView, listAlerts } from '#detect/contract';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Rows, Section } from '../ui/panel.tsx';
import { AlertLine } from './alert-line.tsx';

/** The other alerts of its group: one of them asks for all. */
export function AlertGroup({ alert, groupId }: { alert: AlertView; groupId: string }) {
  const members = useList(listAlerts, { query: { groupId, limit: 20 } }, ['alerts']);
  return (
    <Section title="Asks as one with">
      <LoadedList
        list={members}
        rows={2}
        empty={<EmptyState title="No other alert">It is the only one of its group so far.</EmptyState>}
      >
        {(items) => (
          <Rows>
            {items
              .filter(({ id }) => id !== alert.id)
              .map((one) => (
                <AlertLine key={one.id} alert={one} />
              ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}
