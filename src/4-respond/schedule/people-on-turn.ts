import type { Layer, Override } from './schedule.ts';

/** What is true at one instant of the overrides and of people. */
export type Moment = {
  /** The overrides that hold, in the order in which they were made. */
  readonly overrides: readonly Override[];
  readonly away: ReadonlySet<string>;
  /** Who stands in for somebody by these overrides: another, nobody (null), or they themselves. */
  readonly standInFor: (userId: string) => string | null;
};

export function momentOf(overrides: readonly Override[], away: ReadonlySet<string>): Moment {
  const known = new Map<string, string | null>();
  const standInFor = (userId: string) => {
    const before = known.get(userId);
    if (before !== undefined) return before;
    const person = standIn(userId, overrides);
    known.set(userId, person);
    return person;
  };
  return { overrides, away, standInFor };
}

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
  const after = standIns(wanted, moment);
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
    const here = standIns(wanted, moment).filter((id) => !moment.away.has(id));
    if (here.length > 0) return here;
  }
  return [];
}

/** Everybody’s stand-ins, each person once. */
function standIns(userIds: readonly string[], { standInFor }: Moment): string[] {
  return [...new Set(userIds.flatMap((id) => standInFor(id) ?? []))];
}

/** Replaces or removes somebody by name, override after override. */
function standIn(userId: string, overrides: readonly Override[]): string | null {
  let person = userId;
  for (const one of overrides) {
    if (one.kind === 'remove' && one.userId === person) return null;
    if (one.kind === 'replace' && one.replacedUserId === person) person = one.userId;
  }
  return person;
}

/** What overrides make of the layers' people: some are added, or all are replaced by one. */
export function withOverrides(base: readonly string[], { overrides, away }: Moment): string[] {
  let people = base;
  let added: string[] = [];
  for (const override of overrides) {
    const { kind, userId, replacedUserId } = override;
    if (kind === 'replace' && replacedUserId === null) [people, added] = [[], [userId]];
    else if (kind === 'add') added = [...added, userId];
    else added = added.flatMap((id) => standIn(id, [override]) ?? []);
  }
  return [...new Set([...people, ...added])].filter((id) => !away.has(id));
}
