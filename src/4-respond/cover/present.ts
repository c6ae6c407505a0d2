import type { CoverRequestView } from './contract.ts';
import type { CoverRow } from './store.ts';

/** What a request is at an instant: one that nobody answered in time has expired. */
export function stateAt({ state, endsAt }: Pick<CoverRow, 'state' | 'endsAt'>, now: Date): CoverRequestView['state'] {
  return state === 'open' && endsAt <= now ? 'expired' : state;
}

/** A request for cover as the API shows it. */
export function presentCover(row: CoverRow, now: Date): CoverRequestView {
  const { returnStartsAt, returnEndsAt } = row;
  return {
    id: row.id,
    scheduleId: row.scheduleId,
    askedBy: row.askedBy,
    askedUserId: row.askedUserId,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    inReturn:
      returnStartsAt && returnEndsAt
        ? { startsAt: returnStartsAt.toISOString(), endsAt: returnEndsAt.toISOString() }
        : null,
    note: row.note,
    state: stateAt(row, now),
    createdAt: row.createdAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answeredBy: row.answeredBy,
  };
}
