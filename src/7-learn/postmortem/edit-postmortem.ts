import { audit, readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Sections } from './section.ts';
import { findPostmortem, insertRevision, type PostmortemRow, updatePostmortem } from './store.ts';

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
  const after = await updatePostmortem(ctx, id, { states: [before.state], version: edit.version }, {
    version: edit.version + 1,
    sections: JSON.stringify(sections),
    ...(edit.ownerId === undefined ? {} : { ownerUserId: edit.ownerId }),
    ...(edit.publicBody === undefined ? {} : { publicBody: edit.publicBody }),
  });
  if (!after) throw conflict('Somebody else saved this postmortem since you read it. Your text is still in front of you: load theirs, then save again.');
  await insertRevision(ctx, { postmortemId: id, version: after.version, sections: JSON.stringify(sections), authorUserId: actorUserId(ctx.actor) });
  await audit(ctx, { action: 'postmortem.edit', subjectId: id, detail: { version: after.version, sections: Object.keys(edit.sections ?? {}) } });
  ctx.touch('postmortems');
  ctx.touch(`postmortem:${id}`);
  return after;
}

async function requireActive(ctx: Ctx, userId: string) {
  const user = await readUser(ctx, userId).catch(() => null);
  if (!user?.active) throw invalid('body.ownerId', 'is not an active member of this workspace');
}
