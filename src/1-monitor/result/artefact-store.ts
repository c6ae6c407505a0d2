import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';

/** Of so many checks of a monitor the artefacts are kept. */
const KEPT_CHECKS = 10;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type ArtefactPart = 'picture' | 'trace';
export type Artefact = {
  readonly monitorId: string;
  readonly id: string;
  readonly part: ArtefactPart;
  readonly takenAt: Date;
  readonly bytes: Buffer;
};

/** Keeps these, and forgets those that are too many of their monitors. */
export async function insertArtefacts(ctx: Ctx, artefacts: readonly Artefact[]): Promise<void> {
  if (artefacts.length === 0) return;
  await tables(ctx)
    .insertInto('checkArtefact')
    .values(artefacts.map((one) => ({ ...one, workspaceId: ctx.workspaceId })))
    .onConflict((oc) => oc.doNothing())
    .execute();
  for (const monitorId of new Set(artefacts.map((one) => one.monitorId))) {
    await sql`
      delete from check_artefact
      where workspace_id = ${ctx.workspaceId} and monitor_id = ${monitorId} and id not in (
        select id from check_artefact
        where workspace_id = ${ctx.workspaceId} and monitor_id = ${monitorId}
        group by id order by max(taken_at) desc, id desc limit ${KEPT_CHECKS}
      )
    `.execute(ctx.transaction);
  }
}

export function selectArtefact(
  ctx: Ctx,
  monitorId: string,
  id: string,
  part: ArtefactPart,
): Promise<Pick<Artefact, 'takenAt' | 'bytes'> | undefined> {
  return tables(ctx)
    .selectFrom('checkArtefact')
    .select(['takenAt', 'bytes'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .where('id', '=', id)
    .where('part', '=', part)
    .executeTakeFirst();
}
