/**
 * From wall time to instants, in epoch milliseconds. A wall time may come twice (the clock goes back) or not at all (it
 * goes forward): what begins at it begins at the first, what ends at it ends at the last, and one that does not come is
 * the first instant after the gap.
 */

/** The first instant at which the clock shows a wall time. */
export function firstInstantOf(wall: Temporal.PlainDateTime, zone: string): number {
  return instantOf(wall, zone, 'earlier');
}

/** The last instant at which the clock shows a wall time. */
export function lastInstantOf(wall: Temporal.PlainDateTime, zone: string): number {
  return instantOf(wall, zone, 'later');
}

/** What the clock shows at an instant. */
export function wallTimeOf(instantMs: number, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDateTime();
}

function instantOf(wall: Temporal.PlainDateTime, zone: string, which: 'earlier' | 'later'): number {
  const shown = wall.toZonedDateTime(zone, { disambiguation: which });
  if (shown.toPlainDateTime().equals(wall)) return shown.epochMilliseconds;
  // In a gap `earlier` lies before it, and the next change of the clock is the gap's end.
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? shown).epochMilliseconds;
}
