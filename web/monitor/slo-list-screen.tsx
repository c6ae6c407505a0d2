import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listSlos, type Slo } from '#monitor/contract';
import { useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Rows } from '../ui/panel.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { SloBadge } from './slo-badge.tsx';
import { SloDialog } from './slo-dialog.tsx';
import { burnWords, leftWords, windowWords } from './slo-words.ts';

/** Objectives, and what is left of their budgets. */
export function SloListScreen() {
  const [adding, setAdding] = useState(false);
  const list = useList(listSlos, { query: { limit: 100 } }, ['slos', 'monitors'], { refetchInterval: 60_000 });
  const add = useMay('monitors.manage') ? (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add an SLO
    </Button>
  ) : null;
  const none = list.items?.length === 0;
  return (
    <Page
      title="SLOs"
      above={<Link to="/monitors">Monitors</Link>}
      below="How much downtime an objective allows, how much of it is left, and how fast it goes."
      acts={none ? null : add}
    >
      <LoadedList
        list={list}
        empty={
          <EmptyState title="No objective is set" act={add}>
            Say how available a service has to be. An alert tells when its downtime goes too fast to keep that.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((slo) => (
              <SloLine key={slo.id} slo={slo} />
            ))}
          </Rows>
        )}
      </LoadedList>
      {adding ? <SloDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

function SloLine({ slo }: { slo: Slo }) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 transition-colors hover:bg-sunken">
      <span className="shrink-0 md:w-24">
        <SloBadge slo={slo} />
      </span>
      <span className="min-w-0 flex-1 basis-48">
        <Link to="/slos/$sloId" params={{ sloId: slo.id }} className="block truncate after:absolute after:inset-0">
          <bdi>{slo.name}</bdi>
        </Link>
        <span className="block truncate text-xs text-muted">
          {slo.objective} % over {windowWords(slo)}
        </span>
      </span>
      <span className="w-full md:w-64">
        <BudgetBar slo={slo} />
        <span className="num mt-1 flex justify-between gap-3 text-xs text-muted">
          <span>{leftWords(slo.leftSeconds)} left</span>
          <span>burns {burnWords(slo.burnRate)}</span>
        </span>
      </span>
    </li>
  );
}
