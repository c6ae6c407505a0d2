import { clsx } from 'clsx';
import { type ReactNode, useMemo, useState } from 'react';
import { usePersonName } from '../../access/people.ts';
import { useSession } from '../../data/session.ts';
import { bundled, isBundle, lanesOf, placeOf } from './layout.ts';
import type { DragTerms, Lane, OpenBars } from './lane.ts';
import type { CalendarRow } from './rows.ts';
import type { Stretch } from './span.ts';
import { BarButton, BundleButton, GhostBar } from './timeline-bar.tsx';
import type { Held, useTimelineDrag } from './use-timeline-drag.ts';

/** Narrower than this a bar cannot be read, and many of them cannot be told apart. */
const NARROW_PX = 14;
const HEIGHTS: Readonly<Record<CalendarRow['kind'], number>> = { final: 52, layer: 34, shadow: 34, overrides: 34 };
const GAP_PX = 4;

/** One row: what it is at the left, and its bars over the time. */
export function TimelineRow({
  row,
  lane,
  head,
  onOpen,
  drag,
  hands,
}: {
  row: CalendarRow;
  lane: Lane;
  head: ReactNode;
  onOpen: OpenBars;
  drag: DragTerms | undefined;
  hands: ReturnType<typeof useTimelineDrag>;
}) {
  const nameOf = usePersonName();
  const { user } = useSession();
  const [stop, setStop] = useState<string>();
  const { span, px } = lane;
  const height = HEIGHTS[row.kind];
  const shown = useMemo(() => {
    const inside = row.bars.filter((bar) => placeOf(bar, span) !== null);
    if (row.kind === 'overrides') return inside;
    return bundled(inside, span.days, (NARROW_PX * (span.endMs - span.startMs)) / px);
  }, [row, span, px]);
  const lanes = useMemo(() => (row.kind === 'overrides' ? lanesOf(shown) : []), [row.kind, shown]);
  const count = Math.max(1, ...lanes.map((one) => one + 1));
  const keyOf = (item: (typeof shown)[number]) => (isBundle(item) ? `bundle ${item.startMs}` : item.key);
  const stopKey = shown.some((item) => keyOf(item) === stop) ? stop : shown[0] && keyOf(shown[0]);
  const holdAt = (target: Element): Held | null => {
    if (drag === undefined) return null;
    if (row.kind === 'final') return { what: 'new' };
    const key = target.closest<HTMLElement>('[data-bar]')?.dataset['bar'];
    const bar = row.bars.find((one) => one.key === key);
    if (bar?.override === null || bar === undefined || !drag.mayMove(bar)) return null;
    const grip = target.closest<HTMLElement>('[data-grip]')?.dataset['grip'];
    return { what: 'override', override: bar.override, grip: grip === 'start' || grip === 'end' ? grip : 'whole' };
  };
  const ghost = hands.ghost !== undefined && isGhostOf(row, hands.ghost.held) ? hands.ghost : undefined;
  const held = ghost?.held.what === 'override' ? `override ${ghost.held.override.id}` : undefined;
  const topOf = (index: number) => (lanes[index] ?? 0) * (height + GAP_PX);
  const bars = shown.map((item, index) => {
    const place = placeOf(item, span);
    if (place === null) return null;
    const key = keyOf(item);
    const common = {
      place,
      lane,
      top: topOf(index),
      height,
      isStop: key === stopKey,
      onFocus: () => setStop(key),
      nameOf,
      row,
    };
    if (isBundle(item)) return <BundleButton key={key} {...common} bundle={item} onOpen={onOpen} />;
    return (
      <BarButton
        key={key}
        {...common}
        bar={item}
        isMine={item.userIds.includes(user.id)}
        isHeld={key === held}
        mayMove={drag?.mayMove(item) === true}
        onOpen={onOpen}
      />
    );
  });
  return (
    <div
      data-row={row.key}
      role="group"
      aria-label={row.title}
      className="grid grid-cols-[var(--head)_minmax(0,1fr)] border-b border-line last:border-b-0"
    >
      <div className="min-w-0 self-center py-2 pr-2 pl-3 lg:pl-4">{head ?? <RowHead row={row} />}</div>
      <div
        className={clsx(
          'relative my-1.5',
          drag !== undefined && row.kind === 'final' && 'cursor-crosshair touch-pan-y select-none',
          drag !== undefined && row.kind === 'overrides' && 'touch-pan-y select-none',
        )}
        style={{ height: count * height + (count - 1) * GAP_PX }}
        data-track={row.kind}
        {...hands.handlers(holdAt)}
      >
        {bars}
        {ghost === undefined ? null : (
          <GhostBar
            ghost={ghost}
            lane={lane}
            height={height}
            top={held === undefined ? 0 : topOfKey(shown, held, topOf)}
          />
        )}
      </div>
    </div>
  );
}

function topOfKey(shown: readonly (Stretch & { key?: string })[], key: string, topOf: (index: number) => number) {
  return topOf(shown.findIndex((item) => item.key === key));
}

const isGhostOf = ({ kind }: CalendarRow, held: Held) =>
  held.what === 'new' ? kind === 'final' : kind === 'overrides';

function RowHead({ row: { title, note, kind } }: { row: CalendarRow }) {
  return (
    <>
      <p dir="auto" title={title} className={clsx('truncate text-sm', kind === 'final' && 'font-semibold')}>
        {title}
      </p>
      {note === '' ? null : <p className="line-clamp-2 text-xs text-muted">{note}</p>}
    </>
  );
}
