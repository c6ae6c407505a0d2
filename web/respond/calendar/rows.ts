import type { FinalScheduleView, FinalShiftView, ScheduleOverrideView, ScheduleView } from '#respond/contract';
import { rotationWords } from '../schedule-words.ts';
import { joined } from './layout.ts';
import type { Stretch } from './span.ts';

/**
 * What a bar is: somebody on call by a layer alone, or by an override; nobody on call; what a layer plans, or plans for
 * those who look on; a turn without anybody; an override; the time before the schedule was.
 */
export type BarKind = 'shift' | 'changed' | 'gap' | 'planned' | 'shadow' | 'open' | 'override' | 'before';

export type Bar = Stretch & {
  readonly key: string;
  readonly kind: BarKind;
  readonly userIds: readonly string[];
  /** Of the final row: the shifts that look the same and follow one another. */
  readonly shifts: readonly FinalShiftView[];
  readonly override: ScheduleOverrideView | null;
};

export type CalendarRow = {
  readonly key: string;
  readonly kind: 'final' | 'layer' | 'shadow' | 'overrides';
  readonly title: string;
  readonly note: string;
  /** In order of time; only those of overrides overlap. */
  readonly bars: readonly Bar[];
};

const spanOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): Stretch => ({
  startMs: Date.parse(startsAt),
  endMs: Date.parse(endsAt),
});

/** The final schedule as one row: who is paged, and where nobody is. */
export function finalBars(shifts: readonly FinalShiftView[]): Bar[] {
  const bars = shifts.map((shift): Bar => {
    const { userIds, overrideIds, gap, version, startsAt } = shift;
    const kind = gap === null ? (overrideIds.length > 0 ? 'changed' : 'shift') : version === null ? 'before' : 'gap';
    return { ...spanOf(shift), key: `final ${startsAt}`, kind, userIds, shifts: [shift], override: null };
  });
  // Nobody is nobody, whatever the reason.
  const keyOf = ({ kind, userIds, shifts: [shift] }: Bar) =>
    kind === 'gap' ? kind : JSON.stringify([kind, userIds, shift?.overrideIds]);
  const whole: Bar[] = [];
  for (const bar of bars) {
    const last = whole.at(-1);
    if (last !== undefined && last.endMs === bar.startMs && keyOf(last) === keyOf(bar))
      whole[whole.length - 1] = { ...last, endMs: bar.endMs, shifts: [...last.shifts, ...bar.shifts] };
    else whole.push(bar);
  }
  return whole;
}

/** Each layer as a row; a layer that several versions have under the same name is one row through all of them. */
function layerRows({ layers }: FinalScheduleView, schedule: Pick<ScheduleView, 'version' | 'layers'> | undefined) {
  const rows = new Map<string, { title: string; shadow: boolean; note: string; order: number; bars: Bar[] }>();
  const names = new Map<string, number>();
  for (const { version, layer, name, shadow, shifts } of layers) {
    const nth = (names.get(`${version} ${name}`) ?? 0) + 1;
    names.set(`${version} ${name}`, nth);
    const key = `${shadow ? 'shadow' : 'layer'} ${name} ${nth}`;
    const row = rows.get(key) ?? { title: name, shadow, note: '', order: 0, bars: [] };
    rows.set(key, row);
    const now = schedule?.layers[layer];
    if (now !== undefined && now.name === name) row.note = rotationWords(now.rotation);
    row.order = layer;
    for (const shift of shifts) {
      const { userIds, startsAt } = shift;
      const kind = userIds.length === 0 ? 'open' : shadow ? 'shadow' : 'planned';
      row.bars.push({ ...spanOf(shift), key: `${key} ${startsAt}`, kind, userIds, shifts: [], override: null });
    }
  }
  const samePeople = (one: Bar, next: Bar) => one.kind === next.kind && String(one.userIds) === String(next.userIds);
  return [...rows]
    .toSorted(([, one], [, other]) => one.order - other.order)
    .map(([key, { title, shadow, note, bars }]): CalendarRow => ({
      key,
      kind: shadow ? 'shadow' : 'layer',
      title,
      note: shadow ? 'looks on, not paged' : note,
      bars: joined(bars, samePeople),
    }));
}

/** The rows of a schedule's calendar: the final schedule, each layer, the overrides. */
export function calendarRows(
  final: FinalScheduleView,
  schedule: Pick<ScheduleView, 'version' | 'layers'> | undefined,
  overrides: readonly ScheduleOverrideView[] | undefined,
): CalendarRow[] {
  const rows: CalendarRow[] = [
    { key: 'final', kind: 'final', title: 'Final', note: 'who is paged', bars: finalBars(final.shifts) },
    ...layerRows(final, schedule),
  ];
  if (overrides === undefined) return rows;
  const bars = overrides.map((override): Bar => ({
    ...spanOf(override),
    key: `override ${override.id}`,
    kind: 'override',
    userIds: [override.userId],
    shifts: [],
    override,
  }));
  return [...rows, { key: 'overrides', kind: 'overrides', title: 'Overrides', note: '', bars }];
}

/** Every instant at which something in some rows begins or ends. */
export function edgesOf(rows: readonly CalendarRow[], { startMs, endMs }: Stretch): number[] {
  const all = rows.flatMap(({ bars }) => bars.flatMap((bar) => [bar.startMs, bar.endMs]));
  return [...new Set(all)].filter((at) => at >= startMs && at <= endMs).toSorted((a, b) => a - b);
}

/** From when the versions hold that begin inside a span, as the shifts tell. */
export function versionMarks(shifts: readonly FinalShiftView[], { startMs, endMs }: Stretch) {
  const marks: { version: number; atMs: number }[] = [];
  let before: number | null = null;
  for (const { version, startsAt } of shifts) {
    const atMs = Date.parse(startsAt);
    if (version !== null && version !== before && before !== null && atMs > startMs && atMs < endMs)
      marks.push({ version, atMs });
    if (version !== null) before = version;
  }
  return marks;
}
