import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { idFloor } from '#platform/ids.ts';
import type { ChannelKind, DeliveryState } from './contract.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryTables } from './tables.ts';

const tables = (database: Database) => database.withTables<DeliveryTables>();

/** How many test messages a person has had sent since an instant. Ids begin with their time, so only new rows are read. */
export async function countTests(ctx: Ctx, userId: string, since: Date): Promise<number> {
  const row = await tables(ctx.transaction)
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '>=', idFloor('dlv', since.getTime()))
    .where('createdAt', '>', since)
    .where('purpose', '=', 'test')
    .where('userId', '=', userId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Why the newest test of each address of a person did not leave; an address whose newest test left is not there. */
export async function readTestFaults(ctx: Ctx, userId: string, since: Date): Promise<ReadonlyMap<string, string>> {
  const rows = await tables(ctx.transaction)
    .selectFrom('delivery')
    .select(['address', 'state', 'why'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '>=', idFloor('dlv', since.getTime()))
    .where('purpose', '=', 'test')
    .where('userId', '=', userId)
    .orderBy('id')
    .execute();
  const newest = new Map(rows.map((row) => [row.address, row]));
  const faults = [...newest.values()].filter(({ state, why }) => why !== null && state !== 'sent');
  return new Map(faults.map(({ address, why }) => [address, why ?? '']));
}

/** What the newest settled message to an address of a person came to. */
export type LastOutcome = Pick<Delivery, 'why'> & { readonly state: 'sent' | 'failed'; readonly at: Date };

/** The newest outcome of each person's addresses since an instant, by `outcomeKey`. */
export async function readLastOutcomes(ctx: Ctx, since: Date): Promise<ReadonlyMap<string, LastOutcome>> {
  const rows = await tables(ctx.transaction)
    .selectFrom('delivery')
    .distinctOn(['userId', 'kind', 'address'])
    .select(['userId', 'kind', 'address', 'state', 'why', 'settledAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '>=', idFloor('dlv', since.getTime()))
    .where('userId', 'is not', null)
    .where('settledAt', 'is not', null)
    .where('state', 'in', ['sent', 'failed'])
    .orderBy('userId')
    .orderBy('kind')
    .orderBy('address')
    .orderBy('settledAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    rows.flatMap(({ userId, kind, address, state, why, settledAt }) =>
      userId === null || settledAt === null
        ? []
        : [
            [
              outcomeKey({ userId, kind, address }),
              { state: state === 'sent' ? 'sent' : 'failed', why, at: settledAt },
            ],
          ],
    ),
  );
}

export function outcomeKey({ userId, kind, address }: { userId: string; kind: ChannelKind; address: string }): string {
  return JSON.stringify([userId, kind, address]);
}

/** The newest success and the newest failure of a channel. */
export async function findLastOutcomes(ctx: Ctx, kind: ChannelKind): Promise<{ sent?: Delivery; failed?: Delivery }> {
  const newest = (state: DeliveryState) =>
    tables(ctx.transaction)
      .selectFrom('delivery')
      .selectAll()
      .where('workspaceId', '=', ctx.workspaceId)
      .where('kind', '=', kind)
      .where('settledAt', 'is not', null)
      .where('state', '=', state)
      .orderBy('settledAt', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  const [sent, failed] = [await newest('sent'), await newest('failed')];
  return { ...(sent ? { sent } : {}), ...(failed ? { failed } : {}) };
}
