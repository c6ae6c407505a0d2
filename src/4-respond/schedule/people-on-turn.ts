import type { Layer, Override } from './schedule.ts';

/** What is true at one instant of the overrides and of people. */
export type Moment = {
  /** The overrides that hold, in the order in which they were made. */
  readonly overrides: readonly Override[];
  readonly away: ReadonlySet<string>;
};

export type Turnout = {
  readonly userIds: readonly string[];
  /** Who should be on call and is away; only said when nobody is left. */
  readonly awayIds: readonly string[];
  /** Who was taken out; only said when nobody is left. */
  readonly removedIds: readonly string[];
};

/** Who is on call in a layer's turn, with everybody replaced, removed or away taken into account. */
export function turnoutOf(layer: Layer, turn: number, moment: Moment): Turnout {
  const wanted = layer.turns[turn]?.userIds ?? [];
  const after = standIns(wanted, moment.overrides);
  let userIds = after.filter((id) => !moment.away.has(id));
  if (userIds.length === 0 && wanted.length > 0 && layer.whenAway === 'next-in-rotation')
    userIds = nextInRotation(layer, turn, moment);
  const nobody = userIds.length === 0;
  return {
    userIds,
    awayIds: nobody ? after : [],
    removedIds: nobody && after.length === 0 ? wanted : [],
  };
}

/** The first later turn in which somebody is here. */
function nextInRotation(layer: Layer, turn: number, moment: Moment): string[] {
  for (let ahead = 1; ahead < layer.turns.length; ahead++) {
    const wanted = layer.turns[(turn + ahead) % layer.turns.length]?.userIds ?? [];
    const here = standIns(wanted, moment.overrides).filter((id) => !moment.away.has(id));
    if (here.length > 0) return here;
  }
  return [];
}

/** Replaces and removes people by name, in order; each person once. */
export function standIns(userIds: readonly string[], overrides: readonly Override[]): string[] {
  let people = [...userIds];
  for (const { kind, userId, replacedUserId } of overrides) {
    if (kind === 'remove') people = people.filter((id) => id !== userId);
    if (kind === 'replace' && replacedUserId !== null)
      people = people.map((id) => (id === replacedUserId ? userId : id));
  }
  return [...new Set(people)];
}

/** What overrides make of the layers' people: some are added, or all are replaced by one. */
export function withOverrides(base: readonly string[], { overrides, away }: Moment): string[] {
  let people = base;
  let added: string[] = [];
  for (const override of overrides) {
    const { kind, userId, replacedUserId } = override;
    if (kind === 'replace' && replacedUserId === null) [people, added] = [[], [userId]];
    else if (kind === 'add') added = [...added, userId];
    else added = standIns(added, [override]);
  }
  return [...new Set([...people, ...added])].filter((id) => !away.has(id));
}
