import { lazy, Suspense, useState } from 'react';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { plural } from '../ui/format.ts';

// Not part of the first load: most days nobody opens it here.
const AddMonitorDialog = lazy(() =>
  import('../monitor/add-monitor-dialog.tsx').then((module) => ({ default: module.AddMonitorDialog })),
);

/** Nothing needs you; or, on the first day, the one next step. */
export function AllClear({ monitors }: { monitors: number }) {
  const [adding, setAdding] = useState(false);
  const mayAdd = useMay('monitors.manage');
  if (monitors === 0) {
    return (
      <>
        <EmptyState
          title="What should Allclear watch?"
          act={
            mayAdd ? (
              <Button variant="primary" onClick={() => setAdding(true)}>
                Add the first monitor
              </Button>
            ) : undefined
          }
        >
          Paste one address. It is checked every 30 seconds; when it breaks, the person on call is paged, and everything
          after that happens here.
        </EmptyState>
        <Suspense>{adding ? <AddMonitorDialog onClose={() => setAdding(false)} /> : null}</Suspense>
      </>
    );
  }
  return (
    <EmptyState title="Nothing needs you" icon={<Glyph name="check" className="size-6 text-ok" />}>
      {plural(monitors, 'monitor')} as they should be, no open incident, no alert that waits for a decision.
    </EmptyState>
  );
}
