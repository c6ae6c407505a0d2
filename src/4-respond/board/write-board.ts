import { audit, listMembers } from '#access';
import { appendEntry, readIncident } from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { BoardDocument, BoardView } from './contract.ts';
import { findBoard, insertBoard, lockBoard } from './store.ts';

const EMPTY: BoardDocument = { doing: [], know: [], dontKnow: [], next: [] };
const MAX_LINES = 30;

/** The board as it stands; version 0 and empty before anybody wrote on it. */
export async function readBoard(ctx: Ctx, incidentId: string): Promise<BoardView> {
  await readIncident(ctx, incidentId);
  const row = await findBoard(ctx, incidentId);
  return {
    incidentId,
    version: row?.version ?? 0,
    ...(row?.document ?? EMPTY),
    changedAt: row?.changedAt.toISOString() ?? null,
    changedBy: row?.changedBy ?? null,
  };
}

/** Replaces the board; refused when somebody changed it since the version that was edited. */
export async function writeBoard(
  ctx: Ctx,
  incidentId: string,
  { version, ...document }: BoardDocument & { readonly version: number },
): Promise<BoardView> {
  await lockBoard(ctx, incidentId);
  const before = await readBoard(ctx, incidentId);
  await refusePeople(ctx, document, before);
  if (before.version !== version || !(await insertBoard(ctx, incidentId, version + 1, document))) {
    throw conflict('Somebody changed the board meanwhile. Read it again and repeat your change.');
  }
  await note(ctx, incidentId, version + 1, 'The board was changed.');
  return readBoard(ctx, incidentId);
}

/** Refuses people who are not here; whoever stands on the board already may be gone meanwhile. */
async function refusePeople(ctx: Ctx, { doing }: BoardDocument, before: BoardDocument): Promise<void> {
  const known = new Set([...(await listMembers(ctx)).map(({ id }) => id), ...before.doing.map(({ userId }) => userId)]);
  for (const [index, { userId }] of doing.entries())
    if (userId !== null && !known.has(userId))
      throw invalid(`body.doing.${index}.userId`, `${userId} is not a member of this workspace`);
}

export type BoardLine = { readonly field: keyof BoardDocument; readonly text: string };

const HEADINGS: Readonly<Record<keyof BoardDocument, string>> = {
  doing: 'Doing',
  know: 'We know',
  dontKnow: 'We do not know',
  next: 'Next',
};

/** Adds one line at the end of a field, whatever its version. */
export async function addBoardLine(ctx: Ctx, incidentId: string, { field, text }: BoardLine): Promise<BoardView> {
  await lockBoard(ctx, incidentId);
  const { version, doing, know, dontKnow, next } = await readBoard(ctx, incidentId);
  const document: BoardDocument = { doing, know, dontKnow, next };
  if (document[field].length >= MAX_LINES)
    throw new AppError('limit', `The board holds ${MAX_LINES} lines a field. Remove one first.`);
  const added: BoardDocument =
    field === 'doing'
      ? { ...document, doing: [...doing, { userId: actorUserId(ctx.actor), text }] }
      : { ...document, [field]: [...document[field], text] };
  if (!(await insertBoard(ctx, incidentId, version + 1, added)))
    throw conflict('The board changed meanwhile. Try again.');
  await note(ctx, incidentId, version + 1, `${HEADINGS[field]}: ${text}`);
  return readBoard(ctx, incidentId);
}

async function note(ctx: Ctx, incidentId: string, version: number, text: string): Promise<void> {
  await appendEntry(ctx, incidentId, { type: 'board', text, data: { version } });
  await audit(ctx, { action: 'board.change', subjectId: incidentId, detail: { version } });
  ctx.touch(`incident:${incidentId}`);
}
