import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import type { Interval } from '#kernel/interval.ts';
import type { Layer, Roster, ScheduleVersion } from '../schedule/schedule.ts';
import { finalShifts } from '../schedule/shifts.ts';
import type { ImportComparisonView } from './contract.ts';
import type { LayerDraft, Rendering, ScheduleDraft } from './draft.ts';

const COMPARED_DAYS = 14;
const FARTHEST_MS = 2 * 365 * DAY_MS;
const MOST_DIFFERENCES = 200;
/** Two weeks of an hourly hand-over are some hundreds; what has more is not compared. */
const MOST_ENTRIES = 2_000;

/** A stretch of the plan: from an instant (null = from the beginning) these layers hold. */
export type VersionDraft = { readonly fromMs: number | null; readonly layers: readonly Layer[] };

/** The versions that a schedule needs here, because layers begin or end on a day to come. */
export function versionsOf(layers: readonly LayerDraft[], nowMs: number): VersionDraft[] {
  const cuts = layers
    .flatMap(({ fromMs, untilMs }) => [fromMs, untilMs])
    .filter((at): at is number => at !== null && at > nowMs && at < nowMs + FARTHEST_MS);
  return [null, ...[...new Set(cuts)].toSorted((one, other) => one - other)].map((fromMs) => {
    const at = fromMs ?? nowMs;
    const held = layers.filter((layer) => (layer.fromMs ?? 0) <= at && at < (layer.untilMs ?? Infinity));
    return {
      fromMs,
      layers: held.length === 0 ? [nobody(at)] : held.map(layerOf),
    };
  });
}

/** A layer without the span in which it holds: its version says that. */
function layerOf({ name, shadow, beginsAt, rotation, turns, restrictions, whenAway }: LayerDraft): Layer {
  return { name, shadow, beginsAt, rotation, turns, restrictions, whenAway };
}

/** A schedule has a layer at any time; this one has nobody. */
function nobody(atMs: number): Layer {
  return {
    name: 'Nobody yet, or any more',
    shadow: false,
    beginsAt: new Date(atMs - DAY_MS).toISOString().slice(0, 16),
    rotation: { kind: 'daily', every: 1 },
    turns: [{ userIds: [] }],
    restrictions: [],
    whenAway: 'leave-open',
  };
}

/** What the pager would reckon with; people stay the other tool's. */
function rosterOf({ layers, timeZone, name, overrides }: ScheduleDraft, nowMs: number): Roster {
  const versions = versionsOf(layers, nowMs).map(({ fromMs, layers: held }, index): ScheduleVersion => ({
    timeZone,
    name,
    layers: held,
    version: index + 1,
    effectiveFromMs: fromMs ?? nowMs,
  }));
  return {
    versions,
    overrides: overrides.map(({ vendorId, personId, startMs, endMs }) => ({
      id: vendorId,
      kind: 'replace',
      userId: personId,
      replacedUserId: null,
      startMs,
      endMs,
    })),
    absences: [],
  };
}

type Stretch = Interval & { readonly people: readonly string[] };

/** The parts of one schedule of theirs through the next 14 days, against its own rendering by the minute. */
export function compareSchedule(
  parts: readonly ScheduleDraft[],
  rendering: Rendering | undefined,
  nameOf: (personId: string) => string,
  nowMs: number,
): ImportComparisonView {
  const startMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const window = { startMs, endMs: startMs + COMPARED_DAYS * DAY_MS };
  const here = together(
    parts.map((part) =>
      finalShifts(rosterOf(part, startMs), window).map(({ userIds, ...span }) => ({ ...span, people: userIds })),
    ),
    window,
  );
  const [first] = parts;
  return {
    vendorId: first?.originId ?? '',
    name: first?.name ?? '',
    timeZone: first?.timeZone ?? 'UTC',
    ...iso(window, 'from', 'to'),
    shifts: here.map(({ people, ...span }) => ({ ...iso(span, 'startsAt', 'endsAt'), people: people.map(nameOf) })),
    compared: rendering ? compare(here, rendering, window, nameOf) : null,
  };
}

function compare(
  here: readonly Stretch[],
  rendering: Rendering,
  window: Interval,
  nameOf: (personId: string) => string,
) {
  const span = { startMs: Math.max(window.startMs, rendering.startMs), endMs: Math.min(window.endMs, rendering.endMs) };
  const inside = rendering.entries.filter(({ startMs, endMs }) => startMs < span.endMs && endMs > span.startMs);
  if (span.endMs <= span.startMs || inside.length > MOST_ENTRIES) return null;
  const byPerson = Map.groupBy(inside, ({ personId }) => personId);
  const there = together(
    [...byPerson].map(([personId, entries]) => entries.map((entry) => ({ ...entry, people: [personId] }))),
    span,
  );
  const both = cut(span, [...here, ...there]).map((part) => ({
    ...part,
    here: peopleAt(here, part.startMs),
    there: peopleAt(there, part.startMs),
  }));
  const differs = both.filter(
    (part) => part.endMs - part.startMs >= MINUTE_MS && part.here.join('\n') !== part.there.join('\n'),
  );
  const minutes = (parts: readonly Interval[]) =>
    Math.round(parts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / MINUTE_MS);
  return {
    ...iso(span, 'from', 'to'),
    sameMinutes: minutes([span]) - minutes(differs),
    differentMinutes: minutes(differs),
    differences: differs.slice(0, MOST_DIFFERENCES).map((part) => ({
      ...iso(part, 'startsAt', 'endsAt'),
      here: part.here.map(nameOf),
      there: part.there.map(nameOf),
    })),
  };
}

/** Several lists of stretches as one that fills the window, with everybody who is in any of them. */
function together(lists: readonly (readonly Stretch[])[], window: Interval): Stretch[] {
  const stretches: Stretch[] = [];
  for (const span of cut(window, lists.flat())) {
    const people = [...new Set(lists.flatMap((list) => peopleAt(list, span.startMs)))].toSorted();
    const last = stretches.at(-1);
    if (last && last.people.join('\n') === people.join('\n'))
      stretches[stretches.length - 1] = { ...last, endMs: span.endMs };
    else stretches.push({ ...span, people });
  }
  return stretches;
}

function peopleAt(list: readonly Stretch[], atMs: number): readonly string[] {
  return list.find(({ startMs, endMs }) => startMs <= atMs && endMs > atMs)?.people ?? [];
}

function cut({ startMs, endMs }: Interval, spans: readonly Interval[]): Interval[] {
  const inside = spans.flatMap((span) => [span.startMs, span.endMs]).filter((at) => at > startMs && at < endMs);
  const cuts = [...new Set([startMs, ...inside, endMs])].toSorted((one, other) => one - other);
  return cuts.slice(1).map((end, index) => ({ startMs: cuts[index] ?? end, endMs: end }));
}

function iso<From extends string, To extends string>({ startMs, endMs }: Interval, from: From, to: To) {
  return { [from]: new Date(startMs).toISOString(), [to]: new Date(endMs).toISOString() } as Record<From | To, string>;
}
