import { useState } from 'react';
import { changeComponent, type ComponentView, listComponents, type StatusPageView } from '#communicate/contract';
import { toast } from '../app/toasts.tsx';
import { changeKept, readOf, useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Rows, Section } from '../ui/panel.tsx';
import { ComponentDialog } from './component-dialog.tsx';
import { ComponentRow } from './component-row.tsx';
import { positionsAfter } from './positions.ts';
import { useQueryClient } from '@tanstack/react-query';

/** The lines of the page, in their order. Their status changes only by what is said in an update. */
export function ComponentList({ page }: { page: StatusPageView }) {
  const input = { query: { statusPageId: page.id, limit: 200 } };
  const read = useRead(listComponents, input, ['status-pages', 'monitors']);
  const client = useQueryClient();
  const mayManage = useMay('status-pages.manage');
  const change = useAct(changeComponent, { touches: ['status-pages'] });
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState('');

  async function move(component: ComponentView, items: readonly ComponentView[], by: 1 | -1): Promise<void> {
    const from = items.indexOf(component);
    const to = from + by;
    if (to < 0 || to >= items.length) return;
    const ordered = items.toSpliced(from, 1).toSpliced(to, 0, component);
    setSaid(`${component.name} is now ${to + 1} of ${items.length}`);
    const takeBack = await changeKept(
      client,
      readOf(listComponents, input, []),
      (before: { items: ComponentView[] }) => ({
        ...before,
        items: ordered,
      }),
    );
    try {
      for (const { id, position } of positionsAfter(ordered)) {
        await change.mutateAsync({ params: { id }, body: { position } });
      }
    } catch (error) {
      takeBack();
      toast({ tone: 'bad', text: sentenceOf(error) });
    }
  }

  const add = mayManage ? (
    <Button size="sm" onClick={() => setAdding(true)}>
      Add a component
    </Button>
  ) : undefined;
  return (
    <Section title="Components" aside={add}>
      <Loaded read={read} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing is listed yet" act={add}>
              Each service gets a line of its own when it is made; more can be added for what no monitor sees.
            </EmptyState>
          ) : (
            <Rows>
              {items.map((component, index) => (
                <ComponentRow
                  key={component.id}
                  component={component}
                  mayManage={mayManage}
                  onUp={index === 0 ? undefined : () => void move(component, items, -1)}
                  onDown={index === items.length - 1 ? undefined : () => void move(component, items, 1)}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <p role="status" className="sr-only">
        {said}
      </p>
      {adding ? <ComponentDialog statusPageId={page.id} onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}
