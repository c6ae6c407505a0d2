import { useEffect, useRef } from 'react';
import { type AlertView, listAlerts } from '#detect/contract';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Rows, Section } from '../ui/panel.tsx';
import { standsForWords } from './alert-words.ts';
import { AlertLine } from './alert-line.tsx';

/** The other alerts of its group: one of them asks for all. */
export function AlertGroup({ alert, groupId }: { alert: AlertView; groupId: string }) {
  const members = useList(listAlerts, { query: { groupId, limit: 20 } }, ['alerts']);
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (window.location.hash === '#group') here.current?.scrollIntoView();
  }, []);
  return (
    <div ref={here} id="group" className="scroll-mt-4">
      <Section title={alert.standsFor === null ? 'Asks as one with' : `Stands for ${standsForWords(alert.standsFor)}`}>
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
    </div>
  );
}
