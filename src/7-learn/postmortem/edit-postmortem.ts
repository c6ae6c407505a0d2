import { audit, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Sections } from './section.ts';
import { openPromise, waivePromise } from '#declare';
import { DAY_MS } from '#kernel/duration.ts';
import {
  findPostmortem,
  findPostmortemOfIncident,
  insertRevision,
  type PostmortemRow,
  updatePostmortem,
} from './store.ts';

export type PostmortemEdit = {
  readonly version: number;
  readonly sections?: Partial<Sections> | undefined;
  readonly ownerId?: string | null | undefined;
  readonly publicBody?: string | null | undefined;
};

/**
 * Saves what somebody wrote on the version that they read. Refuses with `conflict` when somebody else saved meanwhile;
 * the text of every version is kept.
 */
export async function editPostmortem(ctx: Ctx, id: string, edit: PostmortemEdit): Promise<PostmortemRow> {
  const before = await findPostmortem(ctx, id);
  if (edit.ownerId) await requireActive(ctx, edit.ownerId);
  const textChanges = edit.sections !== undefined;
  if (textChanges && (before.state === 'approved' || before.state === 'published')) {
    throw conflict('This postmortem is approved; its text does not change any more.');
  }
  const sections = { ...before.sections, ...edit.sections };
  const after = await updatePostmortem(
    ctx,
    id,
    { states: [before.state], version: edit.version },
    {
      version: edit.version + 1,
      sections: JSON.stringify(sections),
      ...(edit.ownerId === undefined ? {} : { ownerUserId: edit.ownerId }),
      ...(edit.publicBody === undefined ? {} : { publicBody: edit.publicBody }),
    },
  );
  if (after && edit.ownerId) await promiseTo(ctx, after, edit.ownerId);
  if (!after)
    throw conflict(
      'Somebody else saved this postmortem since you read it. Your text is still in front of you: load theirs, then save again.',
    );
  await insertRevision(ctx, {
    postmortemId: id,
    version: after.version,
    sections: JSON.stringify(sections),
    authorUserId: actorUserId(ctx.actor),
  });
  await audit(ctx, {
    action: 'postmortem.edit',
    subjectId: id,
    detail: { version: after.version, sections: Object.keys(edit.sections ?? {}) },
  });
  ctx.touch('postmortems');
  ctx.touch(`postmortem:${id}`);
  return after;
}

async function requireActive(ctx: Ctx, userId: string) {
  const user = await readUser(ctx, userId).catch(() => null);
  if (!user?.active) throw invalid('body.ownerId', 'is not an active member of this workspace');
}

/** The person named at stand-down owns the draft and its promise from now on; without a postmortem nothing happens. */
export async function takeOverPostmortem(ctx: Ctx, incidentId: string, ownerId: string): Promise<void> {
  const before = await findPostmortemOfIncident(ctx, incidentId);
  if (!before || before.ownerUserId === ownerId) return;
  const after = await updatePostmortem(ctx, before.id, { states: ['draft', 'in-review'] }, { ownerUserId: ownerId });
  if (after) await promiseTo(ctx, after, ownerId);
}

/** The same due time, owed by somebody else. */
async function promiseTo(ctx: Ctx, row: PostmortemRow, ownerUserId: string) {
  const renewed = await waivePromise(ctx, { kind: 'postmortem', incidentId: row.incidentId, subjectId: row.id });
  if (renewed.length === 0) return;
  await openPromise(ctx, {
    kind: 'postmortem',
    incidentId: row.incidentId,
    subjectId: row.id,
    owedBy: 'owner',
    ownerUserId,
    dueAt: row.dueAt,
    promptAt: new Date(row.dueAt.getTime() - 3 * DAY_MS),
    warnAt: new Date(row.dueAt.getTime() - DAY_MS),
    drill: renewed[0]?.drill ?? false,
  });
}
