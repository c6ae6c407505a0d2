import { DAY_MS } from '#kernel/duration.ts';
import { mergeIntervals } from '#kernel/interval.ts';
import { cut, knownZone, oneLine } from './document.ts';
import { changed, type LayerDraft, lost, type Note, type OverrideDraft, type ScheduleDraft } from './draft.ts';
import { coverOf, lanesOf, type NamedLayer } from './lanes.ts';
import type { Recipient, Rotation, Schedule, TimeRestriction } from './opsgenie-document.ts';
import { beginsAtOf, clockNotes, restrictionsOf } from './wall-time.ts';

/** Finds people, teams and schedules by what names them. */
export type Lookup = {
  readonly personOf: (recipient: Recipient) => string | null;
  readonly teamOf: (
    recipient: Recipient,
  ) => { readonly id: string; readonly name: string; readonly personIds: readonly string[] } | null;
  readonly scheduleOf: (recipient: Recipient) => string | null;
};

const DAY_MINUTES = 24 * 60;
const FARTHEST_DAYS = 366;

/**
 * One schedule of theirs as one or several of ours. Over there everybody in every rotation is on call at once; a layer
 * here wins over those before it. So rotations that never meet become layers of one schedule, and each that meets
 * another one becomes a schedule beside it: whoever asks the schedule asks both.
 */
export function schedulesOf(schedule: Schedule, lookup: Lookup, nowMs: number): ScheduleDraft[] {
  const timeZone = knownZone(schedule.timezone);
  const notes: Note[] = [];
  const rotations = (schedule.rotations ?? []).flatMap((rotation): NamedLayer[] => {
    if (timeZone === null || (rotation.endDate && rotation.endDate <= nowMs)) return [];
    const [layer, own] = layerOf(rotation, timeZone, lookup, nowMs);
    notes.push(...own);
    return layer ? [{ id: rotation.id, layer }] : [];
  });
  const refusal = refusalOf(schedule, timeZone, rotations);
  const zone = timeZone ?? '';
  const whole = { originId: schedule.id, timeZone: zone, refusal };
  const lanes = refusal === null ? lanesOf(rotations, zone, nowMs) : [rotations];
  if (lanes.length > 1)
    notes.push(
      changed(
        `Has rotations at the same time, and everybody in them is on call at once: becomes ${lanes.length} schedules here, and every step that asks it asks all of them.`,
      ),
    );
  return lanes.map((lane, index) => ({
    ...whole,
    vendorId: index === 0 ? schedule.id : `${schedule.id}/${lane[0]?.id ?? index}`,
    name: index === 0 ? schedule.name : oneLine(`${schedule.name}: ${lane[0]?.layer.name ?? index + 1}`),
    layers: lane.map(({ layer }) => layer),
    overrides: overridesOf(schedule, lane, index, { zone, nowMs, lookup }, notes),
    notes: index === 0 ? notes : [],
  }));
}

function refusalOf(schedule: Schedule, zone: string | null, rotations: readonly NamedLayer[]): string | null {
  if (schedule.enabled === false) return 'it is disabled in Opsgenie';
  if (zone === null) return `its time zone “${oneLine(schedule.timezone ?? '')}” is not known here`;
  return rotations.length === 0 ? 'it has no rotation that can be carried over' : null;
}

const KINDS = ['hourly', 'daily', 'weekly'] as const;

function layerOf(rotation: Rotation, zone: string, lookup: Lookup, nowMs: number): [LayerDraft | null, Note[]] {
  const quoted = `Rotation “${rotation.name}”`;
  const kind = KINDS.find((one) => one === rotation.type.toLowerCase());
  if (!kind) return [null, [lost(`${quoted} is ${oneLine(rotation.type)}, which has no counterpart here.`)]];
  const participants = rotation.participants ?? [];
  if (participants.length === 0) return [null, [lost(`${quoted} has nobody in it.`)]];
  const notes: Note[] = [];
  const turns = participants.map((participant) => ({ userIds: peopleOf(participant, quoted, lookup, notes) }));
  if (turns.every(({ userIds }) => userIds.length === 0))
    return [null, [...notes, lost(`${quoted} is left out, for nobody is left in it.`)]];
  const layer: LayerDraft = {
    name: cut(rotation.name || 'Rotation', 80),
    shadow: false,
    beginsAt: beginsAtOf(rotation.startDate, zone),
    rotation: { kind, every: rotation.length ?? 1 },
    turns,
    restrictions: restrictionsIn(rotation),
    whenAway: 'leave-open',
    fromMs: rotation.startDate > nowMs ? rotation.startDate : null,
    untilMs: rotation.endDate ?? null,
  };
  return [layer, [...notes, ...clockNotes(layer, zone, nowMs)]];
}

function peopleOf(participant: Recipient, quoted: string, lookup: Lookup, notes: Note[]): string[] {
  switch (participant.type) {
    case 'none':
    case 'noone':
      return [];
    case 'team': {
      const team = lookup.teamOf(participant);
      if (team)
        notes.push(changed(`${quoted} has the team ${team.name}: its members of today have the turn together.`));
      else notes.push(lost(`${quoted} has a team that is not in the export; its turn stays open.`));
      return [...(team?.personIds ?? [])];
    }
    case 'user':
    case undefined:
    case null: {
      const person = lookup.personOf(participant);
      if (person === null) notes.push(lost(`${quoted} has somebody who is not in the export; their turn stays open.`));
      return person === null ? [] : [person];
    }
    default:
      notes.push(
        lost(
          `${quoted} has a turn of the ${oneLine(participant.type)} “${oneLine(participant.name ?? participant.id ?? '')}”, and a schedule here asks people only; the turn stays open.`,
        ),
      );
      return [];
  }
}

function restrictionsIn({ timeRestriction }: Rotation): LayerDraft['restrictions'] {
  if (!timeRestriction) return [];
  const all = [
    ...(timeRestriction.restrictions ?? []),
    ...(timeRestriction.restriction ? [timeRestriction.restriction] : []),
  ];
  return all.flatMap((one) => {
    const [start, end] = [minuteOf(one.startHour, one.startMin), minuteOf(one.endHour, one.endMin)];
    if (one.startDay && one.endDay) {
      const days = (one.endDay - one.startDay + 7) % 7;
      const length = days * DAY_MINUTES + end - start;
      return restrictionsOf([one.startDay], start, length <= 0 ? length + 7 * DAY_MINUTES : length);
    }
    const length = end - start;
    return restrictionsOf([1, 2, 3, 4, 5, 6, 7], start, length <= 0 ? length + DAY_MINUTES : length);
  });
}

function minuteOf(hour: TimeRestriction['startHour'], minute: TimeRestriction['startMin']): number {
  return Math.min((hour ?? 0) * 60 + (minute ?? 0), DAY_MINUTES);
}

type Place = { readonly zone: string; readonly nowMs: number; readonly lookup: Lookup };

/** An override of some rotations holds only while they have somebody; one of the whole schedule holds throughout. */
function overridesOf(
  schedule: Schedule,
  lane: readonly NamedLayer[],
  index: number,
  { zone, nowMs, lookup }: Place,
  notes: Note[],
): OverrideDraft[] {
  const laneKey = index === 0 ? '' : `/${lane[0]?.id ?? index}`;
  return (schedule.overrides ?? []).flatMap((override): OverrideDraft[] => {
    // What is past changes nothing, and nobody knows today who is in a rotation in years.
    const span = {
      startMs: Math.max(override.startDate, nowMs),
      endMs: Math.min(override.endDate, nowMs + FARTHEST_DAYS * DAY_MS),
    };
    if (span.endMs <= span.startMs) return [];
    const personId =
      override.user.type === 'user' || override.user.type == null ? lookup.personOf(override.user) : null;
    if (personId === null) {
      if (index === 0) notes.push(lost(`The override “${override.alias}” names no person; it is left out.`));
      return [];
    }
    const named = (override.rotations ?? []).flatMap(
      ({ id, name }) => id ?? schedule.rotations?.find((one) => one.name === name)?.id ?? [],
    );
    const own = lane.filter(({ id }) => named.includes(id));
    if (named.length > 0 && own.length === 0) return [];
    const whole = named.length === 0 || own.length === lane.length;
    const spans = whole ? [span] : mergeIntervals(own.flatMap(({ layer }) => coverOf(layer, zone, span)));
    return spans.flatMap((part) =>
      part.endMs <= nowMs
        ? []
        : [{ ...part, vendorId: `${override.alias}${laneKey}${whole ? '' : `#${part.startMs}`}`, personId }],
    );
  });
}
