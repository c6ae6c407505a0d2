import { type ReactNode, useState } from 'react';
import {
  actOnExplained,
  actOnGroup,
  type AlertFoldsView,
  type AlertFoldView,
  type FoldBy,
  listAlerts,
  listExplainedFolds,
  listGroupFolds,
} from '#detect/contract';
import { useAct, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { AlertLine } from './alert-line.tsx';
import { FoldActs } from './fold-acts.tsx';
import { FoldRow, type Whole } from './fold-row.tsx';
import { foldLabels } from './fold-words.ts';
import type { ActOnce } from './use-fold-act.ts';

/** How a list is shown: folded in one way, or one alert after the other. */
export type Way = FoldBy | 'each';

/** So few are read faster one by one. */
const FEW = 10;

type Folds = {
  readonly items: readonly AlertFoldView[] | undefined;
  readonly first: AlertFoldsView | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly more: () => void;
};

/** The alerts of a group or a storm, folded. */
export function FoldedGroup({ groupId, without }: { groupId: string; without: string }) {
  const [way, setWay] = useState<Way>();
  const folds = useList(listGroupFolds, { params: { id: groupId }, query: foldsQuery(way) }, ['alerts']);
  const act = useAct(actOnGroup, { touches: ['alerts', 'pages', 'storms'] });
  return (
    <FoldedAlerts
      whole={{ groupId }}
      folds={folds}
      way={way}
      setWay={setWay}
      once={(body) => act.mutateAsync({ params: { id: groupId }, body })}
      without={without}
      empty={<EmptyState title="No other alert">It is the only one of its group so far.</EmptyState>}
    />
  );
}

/** The alerts that one explains, folded. */
export function FoldedExplained({ alertId }: { alertId: string }) {
  const [way, setWay] = useState<Way>();
  const folds = useList(listExplainedFolds, { params: { id: alertId }, query: foldsQuery(way) }, ['alerts']);
  const act = useAct(actOnExplained, { touches: ['alerts', 'pages', 'storms'] });
  return (
    <FoldedAlerts
      whole={{ explainedBy: alertId }}
      folds={folds}
      way={way}
      setWay={setWay}
      once={(body) => act.mutateAsync({ params: { id: alertId }, body })}
      empty={<EmptyState title="No alert">It explains none any more.</EmptyState>}
    />
  );
}

/** What is asked for: without a choice, the server chooses. */
export function foldsQuery(way: Way | undefined) {
  return { limit: 50, ...(way === undefined || way === 'each' ? {} : { by: way }) };
}

/** A list of alerts in rows of what they have in common; whoever reads it may fold it otherwise, or not at all. */
export function FoldedAlerts({
  whole,
  folds,
  way,
  setWay,
  once,
  without,
  empty,
}: {
  whole: Whole;
  folds: Folds;
  way: Way | undefined;
  setWay: (way: Way) => void;
  once: ActOnce;
  /** An alert that need not stand in a list of few, since the screen is about it. */
  without?: string;
  empty: ReactNode;
}) {
  const mayAct = useMay('alerts.act');
  const { first } = folds;
  const count = first?.count ?? 0;
  const shown: Way | undefined = way ?? (first === undefined ? undefined : count <= FEW ? 'each' : first.by);
  return (
    <>
      {first === undefined || count < 2 ? null : (
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <Segments
            label="Folded by"
            value={shown ?? 'each'}
            onChange={setWay}
            options={[
              ...first.ways.map(({ by, rows, without: alone }) => ({
                value: by,
                label: `${foldLabels[by]} · ${rows + alone}`,
              })),
              { value: 'each' as const, label: `One by one · ${count}` },
            ]}
          />
          {mayAct ? (
            <div className="flex flex-wrap items-center gap-2">
              <FoldActs
                once={once}
                seen={{ untilId: first.newestId }}
                states={first.states}
                ofIncident={'incidentId' in whole}
                all
              />
            </div>
          ) : null}
          {shown === 'each' ? null : <p className="w-full text-xs text-muted">{first.why}</p>}
        </div>
      )}
      {shown === 'each' ? (
        <OneByOne whole={whole} without={count <= FEW ? without : undefined} empty={empty} />
      ) : (
        <LoadedList list={folds} rows={4} empty={empty}>
          {(rows) => (
            <Rows>
              {rows.map((row) => (
                <FoldRow
                  key={row.id}
                  row={row}
                  by={first?.by ?? 'dependency'}
                  whole={whole}
                  untilId={first?.newestId ?? null}
                  once={once}
                  onOpen={() => {
                    // From now on it stays folded as it is, whatever comes.
                    if (way === undefined && first !== undefined) setWay(first.by);
                  }}
                />
              ))}
            </Rows>
          )}
        </LoadedList>
      )}
    </>
  );
}

function OneByOne({ whole, without, empty }: { whole: Whole; without: string | undefined; empty: ReactNode }) {
  const list = useList(listAlerts, { query: { ...whole, limit: 20 } }, ['alerts']);
  return (
    <LoadedList list={list} rows={2} empty={empty}>
      {(items) => {
        const others = items.filter(({ id }) => id !== without);
        return others.length === 0 ? (
          empty
        ) : (
          <Rows>
            {others.map((alert) => (
              <AlertLine key={alert.id} alert={alert} />
            ))}
          </Rows>
        );
      }}
    </LoadedList>
  );
}
