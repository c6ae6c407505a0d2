import type { FinalScheduleView, FinalShiftView, ScheduleOverrideView } from '#respond/contract';

/** Where the people of a final shift come from, and who is planned and missing. */
export type Why = {
  /** The layers that cover it, each once. */
  readonly layers: readonly { readonly name: string; readonly version: number }[];
  readonly overrides: readonly ScheduleOverrideView[];
  /** Planned by a layer that would win, on call by nothing, and replaced by nobody: away. */
  readonly awayIds: readonly string[];
};

/** Explains some final shifts that follow one another by what the layers plan then and by the overrides. */
export function whyOf(
  shifts: readonly FinalShiftView[],
  { layers }: Pick<FinalScheduleView, 'layers'>,
  overrides: readonly ScheduleOverrideView[],
): Why {
  const ids = new Set(shifts.flatMap(({ overrideIds }) => overrideIds));
  const covering = new Map<string, { name: string; version: number }>();
  const away = new Set<string>();
  for (const shift of shifts) {
    for (const layer of layers)
      if (layer.version === shift.version && layer.layer === shift.layer)
        covering.set(`${layer.version} ${layer.layer}`, { name: layer.name, version: layer.version });
    const touching = overrides.filter(({ id }) => shift.overrideIds.includes(id));
    for (const id of plannedAbove(shift, layers)) if (isAway(id, shift, touching)) away.add(id);
  }
  return {
    layers: [...covering.values()],
    overrides: overrides.filter(({ id }) => ids.has(id)),
    awayIds: [...away],
  };
}

/** Who is planned by the layer that covers a shift and by those that would win over it. */
function plannedAbove(shift: FinalShiftView, layers: FinalScheduleView['layers']): string[] {
  const at = Date.parse(shift.startsAt);
  return layers
    .filter(({ version, layer, shadow }) => version === shift.version && !shadow && layer >= (shift.layer ?? 0))
    .flatMap(({ shifts }) =>
      shifts
        .filter(({ startsAt, endsAt }) => Date.parse(startsAt) <= at && Date.parse(endsAt) > at)
        .flatMap(({ userIds }) => userIds),
    );
}

function isAway(id: string, { userIds, gap }: FinalShiftView, overrides: readonly ScheduleOverrideView[]): boolean {
  // A gap says by itself who is away.
  if (gap !== null || userIds.includes(id)) return false;
  return !overrides.some(
    ({ kind, userId, replacedUserId }) =>
      (kind === 'remove' && userId === id) ||
      (kind === 'replace' && (replacedUserId === null || replacedUserId === id)),
  );
}
