import { type DeliveryStatus, readDeliveryStatuses } from '#delivery';
import { secondsBetween } from '#kernel/duration.ts';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { findFirstSeen } from '../journal/store.ts';
import { findNotices, type NoticeRow } from '../page/store.ts';
import { ACCOUNT_METHOD } from '../page/target.ts';
import { type People, readPeople } from '../reach/people.ts';
import type { DrilledPersonView, DrillMethodView, DrillPersonView, DrillView } from './contract.ts';
import { drillWords } from './drill-words.ts';
import {
  type DrillPersonRow,
  type DrillRow,
  findDrill,
  findDrillPeople,
  findDrillsAfter,
  findLastDrills,
} from './store.ts';

export async function readDrill(ctx: Ctx, id: string): Promise<DrillView> {
  const row = await findDrill(ctx, id);
  const [view] = row ? await presentDrills(ctx, [row]) : [];
  if (!view) throw notFound('drill', id);
  return view;
}

/** Newest first, with what came of each. */
export async function listDrills(ctx: Ctx, query: PageQuery) {
  const { items, nextCursor } = pageOf(
    await findDrillsAfter(ctx, query),
    query,
    ({ id }) => id,
    (row) => row,
  );
  return { items: await presentDrills(ctx, items), nextCursor };
}

/** The states that say something about a person. */
const TELLING = ['running', 'answered', 'missed', 'unreachable'] as const;

/** Everybody who answers pages, by name, with their last drill. */
export async function listDrilledPeople(ctx: Ctx): Promise<{ items: DrilledPersonView[] }> {
  const people = await readPeople(ctx);
  const lasts = await presentPeople(ctx, await findLastDrills(ctx, TELLING), people);
  const last = new Map(lasts.map((view) => [view.userId, view]));
  const items = people.responders.map((userId) => ({
    userId,
    userName: people.nameOf(userId),
    last: last.get(userId) ?? null,
  }));
  return { items: items.toSorted((one, other) => one.userName.localeCompare(other.userName)) };
}

async function presentDrills(ctx: Ctx, rows: readonly DrillRow[]): Promise<DrillView[]> {
  const ids = rows.map(({ id }) => id);
  const views = await presentPeople(ctx, await findDrillPeople(ctx, ids), await readPeople(ctx));
  const byDrill = Map.groupBy(views, ({ drillId }) => drillId);
  return rows.map(({ id, title, askedBy, startedAt, endsAt }) => ({
    id,
    title,
    askedBy,
    startedAt: startedAt.toISOString(),
    endsAt: endsAt.toISOString(),
    people: (byDrill.get(id) ?? []).toSorted((one, other) => one.userName.localeCompare(other.userName)),
  }));
}

async function presentPeople(ctx: Ctx, rows: readonly DrillPersonRow[], people: People): Promise<DrillPersonView[]> {
  const pageIds = rows.flatMap(({ pageId }) => pageId ?? []);
  const notices = await findNotices(ctx, pageIds);
  const statuses = await readDeliveryStatuses(
    ctx,
    notices.flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  const seen = await findFirstSeen(ctx, pageIds);
  return rows.map((row) => {
    const since = (at: Date | null | undefined) => (at ? Math.max(0, secondsBetween(row.startedAt, at)) : null);
    const own = notices.filter(({ pageId }) => pageId === row.pageId);
    const view = {
      drillId: row.drillId,
      userId: row.userId,
      userName: people.nameOf(row.userId),
      pageId: row.pageId,
      state: row.state,
      why: row.why,
      startedAt: row.startedAt.toISOString(),
      seenSeconds: since(row.pageId === null ? null : seen.get(row.pageId)),
      answeredSeconds: since(row.answeredAt),
      answeredByChannel: row.answeredByChannel,
      methods: own.map((notice) => presentMethod(notice, statuses, since)),
    };
    return { ...view, text: drillWords(view) };
  });
}

function presentMethod(
  { contactMethodId, kind, dueAt, state, deliveryId }: NoticeRow,
  statuses: ReadonlyMap<string, DeliveryStatus>,
  since: (at: Date | null | undefined) => number | null,
): DrillMethodView {
  const delivery = deliveryId === null ? undefined : statuses.get(deliveryId);
  return {
    contactMethodId: contactMethodId === ACCOUNT_METHOD ? null : contactMethodId,
    kind,
    dueSeconds: since(dueAt) ?? 0,
    handedOverSeconds: since(delivery?.sentAt),
    rangSeconds: since(delivery?.confirmedAt),
    // No drill is folded with others.
    state: state === 'queued' || state === 'folded' ? (delivery?.state ?? 'queued') : state,
    why: delivery?.why ?? null,
  };
}
