import { clsx } from 'clsx';
import { plural } from '../../ui/format.ts';
import { overrideWords, saidOf } from './bar-words.ts';
import { type Bundle, type Place, placeOf, shareOf } from './layout.ts';
import type { Bar, BarKind, CalendarRow } from './rows.ts';
import type { Lane, OpenBars } from './lane.ts';
import type { Ghost } from './use-timeline-drag.ts';
import { barLabel, momentAt, stretchWords } from './words.ts';

const looks: Readonly<Record<BarKind, string>> = {
  shift: 'border-transparent bg-accent-tint text-text hover:border-accent',
  changed: 'border-transparent bg-warn-tint text-text hover:border-warn',
  gap: 'border-bad bg-bad-tint text-bad-text',
  planned: 'border-line bg-sunken text-text hover:border-line-strong',
  shadow: 'border-dashed border-line-strong bg-surface text-muted hover:border-unknown',
  open: 'border-dashed border-line-strong bg-surface text-muted hover:border-unknown',
  override: 'border-transparent bg-warn-tint text-text hover:border-warn',
  before: 'border-dashed border-line bg-surface text-muted',
};

type Common = {
  row: CalendarRow;
  place: Place;
  lane: Lane;
  top: number;
  height: number;
  isStop: boolean;
  onFocus: () => void;
  nameOf: (userId: string) => string;
  onOpen: OpenBars;
};

function boxOf({ left, width }: Pick<Place, 'left' | 'width'>, top: number, height: number, leastPx: number) {
  return {
    left: `calc(${left * 100}% + 1px)`,
    width: `max(calc(${width * 100}% - 2px), ${leastPx}px)`,
    top,
    height,
  };
}

const bodyOf = (place: Place) =>
  clsx(
    'absolute overflow-hidden border text-ellipsis text-sm whitespace-nowrap focus-visible:z-10 focus-visible:-outline-offset-2',
    place.cutStart ? 'rounded-l-none' : 'rounded-l-control',
    place.cutEnd ? 'rounded-r-none' : 'rounded-r-control',
  );

/** One stretch with its people, as far as they fit; the whole of it is its name for screen readers. */
export function BarButton({
  row,
  bar,
  place,
  lane,
  top,
  height,
  isStop,
  isMine,
  isHeld,
  mayMove,
  onFocus,
  nameOf,
  onOpen,
}: Common & { bar: Bar; isMine: boolean; isHeld: boolean; mayMove: boolean }) {
  const px = place.width * lane.px;
  const { who, more } = wordsOf(bar, px, place, lane, nameOf);
  const isTall = height > 40;
  const said = `${saidOf(bar, nameOf)}, ${stretchWords(bar, lane.zone)}`;
  const isNow = bar.startMs <= lane.nowMs && lane.nowMs < bar.endMs;
  return (
    <button
      type="button"
      data-bar={bar.key}
      tabIndex={isStop ? 0 : -1}
      title={said}
      onFocus={onFocus}
      onClick={() => onOpen([bar], row)}
      className={clsx(
        bodyOf(place),
        looks[bar.kind],
        px >= 64 ? 'px-2 text-left' : 'px-0 text-center text-xs! text-clip!',
        px < 26 && 'text-[11px]! tracking-tighter',
        isTall && 'align-top',
        isHeld && 'opacity-40',
        mayMove && 'cursor-grab',
        // The next bar would cover the end of one that is drawn wider than it lasts.
        bar.kind === 'gap' && !isNow && 'z-[1]',
      )}
      style={boxOf(place, top, height, bar.kind === 'gap' ? 5 : 3)}
    >
      {isMine && row.kind === 'final' && px >= 24 ? (
        <span className="absolute inset-y-0 left-0 w-[3px] bg-accent" aria-hidden="true" />
      ) : null}
      <span className="sr-only">{said}</span>
      {/* The line of now would go through the words: where it meets them it stops. */}
      <span aria-hidden="true" className={isNow ? 'relative z-[21] bg-inherit' : ''}>
        <span className={isPlain(bar.kind) ? '' : 'font-semibold'}>{who}</span>
        {more === '' ? null : ` ${more}`}
      </span>
      {mayMove ? <Grips px={px} /> : null}
    </button>
  );
}

const isPlain = (kind: BarKind) => kind === 'planned' || kind === 'shadow' || kind === 'open';

function Grips({ px }: { px: number }) {
  const width = Math.max(4, Math.min(10, px / 4));
  const look = 'absolute inset-y-0 cursor-ew-resize hover:bg-warn';
  return (
    <>
      <span data-grip="start" className={clsx(look, 'left-0')} style={{ width }} />
      <span data-grip="end" className={clsx(look, 'right-0')} style={{ width }} />
    </>
  );
}

function wordsOf(bar: Bar, px: number, place: Place, lane: Lane, nameOf: (userId: string) => string) {
  switch (bar.kind) {
    case 'gap':
      return { who: px >= 68 ? 'nobody' : '', more: '' };
    case 'open':
      return { who: px >= 44 ? 'open' : '', more: '' };
    case 'before':
      return { who: '', more: px >= 130 ? 'not begun yet' : '' };
    case 'override': {
      const words = bar.override === null ? '' : overrideWords(bar.override, nameOf);
      return px >= 90 ? { who: words, more: '' } : barLabel([nameOf(bar.userIds[0] ?? '')], '', px);
    }
    default: {
      const names = bar.userIds.map(nameOf);
      const until =
        place.cutEnd || lane.view === 'day' ? '' : `until ${momentAt(bar.endMs, lane.zone, lane.span.startMs)}`;
      const byDay =
        lane.view === 'day' && px >= 120 ? `until ${momentAt(bar.endMs, lane.zone, lane.span.startMs)}` : until;
      return barLabel(names, bar.kind === 'planned' || bar.kind === 'shadow' ? '' : byDay, px);
    }
  }
}

/** Many short stretches as one, with a line for each; gaps stay red. */
export function BundleButton({
  row,
  bundle,
  place,
  lane,
  top,
  height,
  isStop,
  onFocus,
  nameOf,
  onOpen,
}: Common & { bundle: Bundle<Bar> }) {
  const px = place.width * lane.px;
  const { parts } = bundle;
  const people = [...new Set(parts.flatMap(({ userIds }) => userIds))].map(nameOf);
  const gaps = parts.filter(({ kind }) => kind === 'gap');
  const said = [
    plural(parts.length, 'short turn'),
    people.join(', '),
    ...(gaps.length > 0 ? [`${plural(gaps.length, 'gap')} among them`] : []),
    stretchWords(bundle, lane.zone),
  ].join(', ');
  const turns = plural(parts.length, 'turn');
  const { who } = barLabel(people, '', px - 8);
  const isNow = bundle.startMs <= lane.nowMs && lane.nowMs < bundle.endMs;
  return (
    <button
      type="button"
      data-bar={`bundle ${bundle.startMs}`}
      tabIndex={isStop ? 0 : -1}
      title={said}
      onFocus={onFocus}
      onClick={() => onOpen(parts, row)}
      className={clsx(bodyOf(place), looks[row.kind === 'final' ? 'shift' : 'planned'], 'px-1 text-center')}
      style={boxOf(place, top, height, 3)}
    >
      <span className="sr-only">{said}</span>
      <Ticks bundle={bundle} />
      <span aria-hidden="true" className={clsx('relative block truncate text-xs', isNow && 'z-[21]')}>
        {px >= 90 && height > 40 ? (
          <>
            <span className="block truncate font-semibold">
              {who === '' ? plural(people.length, 'person', 'people') : who}
            </span>
            <span className="block truncate">{turns}</span>
          </>
        ) : (
          <span className="num font-semibold">{px >= 60 ? turns : px >= 18 ? parts.length : ''}</span>
        )}
      </span>
    </button>
  );
}

/** Where the stretches of a bundle change, at its foot; gaps go all the way up. */
function Ticks({ bundle }: { bundle: Bundle<Bar> }) {
  const at = (ms: number) => Number((shareOf(ms, bundle) * 1_000).toFixed(1));
  const lines = bundle.parts.slice(1).map(({ startMs }) => `M${at(startMs)} 76V100`);
  const gaps = bundle.parts.filter(({ kind }) => kind === 'gap');
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" className="absolute inset-0 size-full">
      {gaps.map(({ key, startMs, endMs }) => {
        const place = { x: at(startMs), width: Math.max(6, at(endMs) - at(startMs)) };
        return (
          <g key={key}>
            <rect {...place} height="100" className="fill-bad-tint" />
            <rect {...place} y="76" height="24" className="fill-bad" />
          </g>
        );
      })}
      <path d={lines.join('')} className="stroke-line-strong" vectorEffect="non-scaling-stroke" fill="none" />
    </svg>
  );
}

/** What a drag would come to if it were let go now. */
export function GhostBar({ ghost, lane, top, height }: { ghost: Ghost; lane: Lane; top: number; height: number }) {
  const place = placeOf(ghost.shown, lane.span);
  if (place === null) return null;
  const words = ghost.refused ? 'the past never changes' : stretchWords(ghost.shown, lane.zone);
  return (
    <div
      data-ghost=""
      className={clsx(
        'pointer-events-none absolute z-30 rounded-control border-2 border-dashed',
        ghost.refused ? 'border-bad' : 'border-accent',
      )}
      style={boxOf(place, top, height, 3)}
    >
      <span
        role="status"
        className={clsx(
          'num absolute bottom-full mb-1 rounded-control bg-ink px-2 py-1 text-xs whitespace-nowrap text-on-ink',
          place.left > 0.6 ? 'right-0' : 'left-0',
        )}
      >
        {words}
      </span>
    </div>
  );
}
