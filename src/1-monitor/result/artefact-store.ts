import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';

/** Of so many checks of a monitor the artefacts are kept, besides those that somebody holds. */
const KEPT_CHECKS = 10;
/** Of those that are held so many, the last ones: what fails again and again during an incident must not fill the disk. */
const HELD_CHECKS = 50;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type ArtefactPart = 'picture' | 'trace';
export type Artefact = {
  readonly monitorId: string;
  readonly id: string;
  readonly part: ArtefactPart;
  readonly takenAt: Date;
  readonly bytes: Buffer;
};

/** Keeps these, and forgets those that are too many of their monitors, of those that somebody holds as well. */
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
      where workspace_id = ${ctx.workspaceId} and monitor_id = ${monitorId}
        and id not in (
          select id from check_artefact
          where workspace_id = ${ctx.workspaceId} and monitor_id = ${monitorId}
          group by id order by max(taken_at) desc, id desc limit ${KEPT_CHECKS}
        )
        and id not in (
          select held.id from check_artefact held
          join check_artefact_hold h on h.workspace_id = held.workspace_id and h.artefact_id = held.id
          where held.workspace_id = ${ctx.workspaceId} and held.monitor_id = ${monitorId}
          group by held.id order by max(held.taken_at) desc, held.id desc limit ${HELD_CHECKS}
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

/** What a holder holds from now on; what it held before is let go, and goes when its monitor leaves further ones. */
export async function replaceHold(ctx: Ctx, holder: string, artefactId: string | null): Promise<void> {
  await tables(ctx)
    .deleteFrom('checkArtefactHold')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('holder', '=', holder)
    .$if(artefactId !== null, (query) => query.where('artefactId', '!=', artefactId))
    .execute();
  if (artefactId === null) return;
  await tables(ctx)
    .insertInto('checkArtefactHold')
    .values({ workspaceId: ctx.workspaceId, holder, artefactId })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
