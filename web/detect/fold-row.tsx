import ChevronRight from 'lucide-react/icons/chevron-right';
import { clsx } from 'clsx';
import { useId, useState } from 'react';
import { type AlertFoldView, type FoldBy, listAlerts } from '#detect/contract';
import { useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { AlertLine } from './alert-line.tsx';
import { FoldActs } from './fold-acts.tsx';
import { causeWords, noNameWords, statesWords } from './fold-words.ts';
import type { ActOnce } from './use-fold-act.ts';

/** Whose alerts are folded, as a list of alerts is asked for. */
export type Whole = { readonly groupId: string } | { readonly incidentId: string } | { readonly explainedBy: string };

/** Alerts that have something in common, as one row; opened, they stand below it, some at a time. */
export function FoldRow({
  row,
  by,
  whole,
  untilId,
  once,
  onOpen,
}: {
  row: AlertFoldView;
  by: FoldBy;
  whole: Whole;
  untilId: string | null;
  once: ActOnce;
  onOpen: () => void;
}) {
  const [open, setOpen] = useState(false);
  const inside = useId();
  const mayAct = useMay('alerts.act');
  const cause = causeWords(row);
  const toggle = () => {
    if (!open) onOpen();
    setOpen(!open);
  };
  return (
    <li>
      <div className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 transition-colors hover:bg-sunken">
        <div className="min-w-0 flex-1 basis-64 pl-5">
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={clsx('absolute top-[15px] left-4 text-muted transition-transform', open && 'rotate-90')}
          />
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <button
              type="button"
              aria-expanded={open}
              aria-controls={inside}
              onClick={toggle}
              className="min-w-0 text-left font-semibold wrap-anywhere after:absolute after:inset-0"
            >
              {row.at !== null ? (
                <RelativeTime at={row.at} show="absolute" />
              ) : row.name === null ? (
                noNameWords(by)
              ) : (
                <bdi>{row.name}</bdi>
              )}
            </button>
            <span className="num text-muted">{plural(row.count, 'alert')}</span>
            {Object.entries(row.severities).map(([severity, count]) =>
              count === 0 ? null : <StateBadge key={severity} state={severity} detail={String(count)} />,
            )}
          </p>
          <p className="mt-0.5 text-muted">
            {cause === undefined ? null : <span className="text-bad-text">{cause} · </span>}
            {statesWords(row)} · first <RelativeTime at={row.firstAt} show="absolute" /> · last{' '}
            <RelativeTime at={row.lastAt} show="absolute" />
          </p>
          <p className="line-clamp-1 text-xs break-all text-muted">
            {row.count === 1 ? '' : 'such as '}
            <bdi>{row.title}</bdi>
          </p>
        </div>
        {mayAct ? (
          <div className="relative z-10 flex flex-wrap items-center gap-2 empty:hidden max-sm:w-full max-sm:[&>button]:flex-1">
            <FoldActs
              once={once}
              seen={{ fold: row.id, untilId }}
              states={row.states}
              match={row.match}
              ofIncident={'incidentId' in whole}
            />
          </div>
        ) : null}
      </div>
      <div id={inside} className={open ? 'border-t border-line bg-sunken pb-3 md:pl-5' : undefined}>
        {open ? <Inside whole={whole} fold={row.id} /> : null}
      </div>
    </li>
  );
}

function Inside({ whole, fold }: { whole: Whole; fold: string }) {
  const list = useList(listAlerts, { query: { ...whole, fold, limit: 20 } }, ['alerts']);
  return (
    <LoadedList
      list={list}
      rows={2}
      empty={<EmptyState title="Nothing here any more">Its alerts have gone to another row.</EmptyState>}
    >
      {(items) => (
        <ul className="divide-y divide-line">
          {items.map((alert) => (
            <AlertLine key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </LoadedList>
  );
}
