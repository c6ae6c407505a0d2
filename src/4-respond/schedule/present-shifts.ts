import type { Interval } from '#kernel/interval.ts';
import type { Roster } from './schedule.ts';
import type { FinalScheduleView } from './shift-contract.ts';
import { finalShifts, layerShifts, versionSpans } from './shifts.ts';

/** A roster through a window as the API shows it. */
export function presentShifts(roster: Roster, window: Interval): FinalScheduleView {
  const shifts = presentFinal(roster, window);
  const now = versionSpans(roster.versions, window).at(-1)?.version ?? roster.versions.at(-1);
  const { startsAt: from, endsAt: to } = iso(window);
  return {
    timeZone: now?.timeZone ?? 'UTC',
    from,
    to,
    shifts,
    layers: presentLayers(roster, window),
    gaps: shifts.flatMap(({ gap, startsAt, endsAt }) => (gap ? [{ ...gap, startsAt, endsAt }] : [])),
  };
}

/** The final shifts alone. */
export function presentFinal(roster: Roster, window: Interval): FinalScheduleView['shifts'] {
  return finalShifts(roster, window).map(({ startMs, endMs, ...shift }) => ({
    ...iso({ startMs, endMs }),
    userIds: [...shift.userIds],
    shadowIds: [...shift.shadowIds],
    version: shift.version,
    layer: shift.layer,
    overrideIds: [...shift.overrideIds],
    gap: shift.gap && { reason: shift.gap.reason, userIds: [...shift.gap.userIds] },
  }));
}

function presentLayers(roster: Roster, window: Interval): FinalScheduleView['layers'] {
  return versionSpans(roster.versions, window).flatMap(({ version, ...span }) =>
    (version?.layers ?? []).map((layer, index) => ({
      version: version?.version ?? 0,
      layer: index,
      name: layer.name,
      shadow: layer.shadow,
      shifts: layerShifts(layer, index, version?.timeZone ?? 'UTC', span).map(({ userIds, turn, ...shift }) => ({
        ...iso(shift),
        userIds: [...userIds],
        turn,
      })),
    })),
  );
}

function iso({ startMs, endMs }: Interval) {
  return { startsAt: new Date(startMs).toISOString(), endsAt: new Date(endMs).toISOString() };
}
