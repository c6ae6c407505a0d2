import type { ScheduleOverrideView, ScheduleView } from './contract.ts';
import { noticeMinutesOf } from './hand-offs.ts';
import type { OverrideRow, ScheduleRow } from './store.ts';

/** One version of a schedule as the API shows it. */
export function presentSchedule({ scheduleId, document, ...row }: ScheduleRow): ScheduleView {
  return {
    id: scheduleId,
    name: row.name,
    timeZone: document.timeZone,
    handOffMinutes: noticeMinutesOf(document),
    layers: document.layers.map((layer) => ({
      ...layer,
      turns: layer.turns.map((turn) => ({ ...turn, userIds: [...turn.userIds] })),
      restrictions: layer.restrictions.map((restriction) => ({ ...restriction, days: [...restriction.days] })),
    })),
    version: row.version,
    effectiveFrom: row.effectiveFrom.toISOString(),
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
  };
}

/** An override as the API shows it. */
export function presentOverride(row: OverrideRow): ScheduleOverrideView {
  const { id, scheduleId, kind, userId, replacedUserId, reason, createdBy } = row;
  return {
    id,
    scheduleId,
    kind,
    userId,
    replacedUserId,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    reason,
    createdAt: row.createdAt.toISOString(),
    createdBy,
  };
}
