import type { NoticeRow } from './store.ts';

/** One method of one person in one step; what their rules let it tell again has the same key. */
const methodKey = ({ pageId, userId, contactMethodId, step, cycle }: NoticeRow) =>
  [pageId, userId, contactMethodId, step, cycle].join(':');

/**
 * Whether a message only tells again what another of its method has told or will tell before it. It keeps its time: sent in
 * the place of one that failed, it would go the same way at once.
 */
export function isRepeat(notice: NoticeRow, all: readonly NoticeRow[]): boolean {
  return all.some(
    (other) =>
      other.delaySeconds < notice.delaySeconds && other.state !== 'cancelled' && methodKey(other) === methodKey(notice),
  );
}

/**
 * Of messages that go out at one moment, the first by each method and the others, which would say the same twice: quiet hours
 * ended, or nothing of ours ran for a while.
 */
export function onePerMethod(due: readonly NoticeRow[]): {
  readonly first: NoticeRow[];
  readonly doubled: NoticeRow[];
} {
  const seen = new Map<string, NoticeRow>();
  for (const notice of due.toSorted((a, b) => a.delaySeconds - b.delaySeconds))
    if (!seen.has(methodKey(notice))) seen.set(methodKey(notice), notice);
  const first = [...seen.values()];
  return { first, doubled: due.filter((notice) => !first.includes(notice)) };
}
