import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line } from '#kernel/schema.ts';

const lines = z.array(line(500)).max(30);

export const boardDocument = z.object({
  /** Who is doing what. */
  doing: z.array(z.object({ userId: id('usr').nullable(), text: line(500) })).max(30),
  /** What is known, and what is not. */
  know: lines,
  dontKnow: lines,
  /** What comes next, and when the next update is due. */
  next: lines,
});
export type BoardDocument = z.output<typeof boardDocument>;

/** The incident commander's board: one small document, every version kept. */
export const board = boardDocument.extend({
  incidentId: id('inc'),
  /** 0 = nothing written yet. */
  version: z.number().int(),
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
});
export type BoardView = z.output<typeof board>;

const tag = 'Incident board';

export const readBoardRoute = defineRoute({
  method: 'get',
  path: '/incidents/{id}/board',
  permission: 'incidents.read',
  tag,
  summary: 'Read the board: doing, know, don’t know, next',
  params: idParams('inc'),
  response: board,
});

export const writeBoardRoute = defineRoute({
  method: 'put',
  path: '/incidents/{id}/board',
  permission: 'incidents.respond',
  tag,
  summary: 'Replace the board; refused when somebody changed it since the version that was edited',
  params: idParams('inc'),
  body: boardDocument.extend({ /** The version that was edited. */ version: z.number().int().min(0) }),
  response: board,
});

export const addBoardLineRoute = defineRoute({
  method: 'post',
  path: '/incidents/{id}/board/lines',
  permission: 'incidents.respond',
  tag,
  summary: 'Add one line to the board, whatever its version',
  params: idParams('inc'),
  body: z.object({ field: z.enum(['doing', 'know', 'dontKnow', 'next']), text: line(500) }),
  response: board,
});
