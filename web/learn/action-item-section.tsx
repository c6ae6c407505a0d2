import { useState } from 'react';
import { listActionItemsRoute } from '#learn/contract';
import { useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Rows, Section } from '../ui/panel.tsx';
import { ActionItemDialog } from './action-item-dialog.tsx';
import { ActionItemRow } from './action-item-row.tsx';

/** The action items of one incident. */
export function ActionItemSection({ incidentId }: { incidentId: string }) {
  const list = useList(listActionItemsRoute, { query: { incidentId } }, ['action-items']);
  const [raising, setRaising] = useState(false);
  const may = useMay('action-items.write');
  return (
    <Section
      title="Action items"
      aside={
        may ? (
          <Button size="sm" onClick={() => setRaising(true)}>
            Add an action item
          </Button>
        ) : undefined
      }
    >
      <LoadedList
        list={list}
        rows={2}
        empty={<p className="text-muted">None yet. What change would have prevented this, or made it shorter?</p>}
      >
        {(items) => (
          <Rows>
            {items.map((item) => (
              <ActionItemRow key={item.id} item={item} />
            ))}
          </Rows>
        )}
      </LoadedList>
      {raising ? <ActionItemDialog incidentId={incidentId} onClose={() => setRaising(false)} /> : null}
    </Section>
  );
}
