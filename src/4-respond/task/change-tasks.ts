import { audit, readUser } from '#access';
import { appendEntry, readIncident } from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { drillMark } from '../page/page.ts';
import type { TaskState, TaskView } from './contract.ts';
import { presentTask } from './present.ts';
import { findTasks, insertTask, lockTask, type TaskRow, updateTask } from './store.ts';

export type NewTask = {
  readonly title: string;
  readonly assigneeId?: string | undefined;
  readonly dueAt?: string | undefined;
};

export type TaskChange = {
  readonly title?: string | undefined;
  readonly state?: TaskState | undefined;
  readonly assigneeId?: string | null | undefined;
  readonly dueAt?: string | null | undefined;
};

/** The tasks of an incident, open ones first. */
export async function listTasks(ctx: Ctx, incidentId: string, query: PageQuery) {
  await readIncident(ctx, incidentId);
  const rows = await findTasks(ctx, incidentId, query);
  return pageOf(rows, query, (row) => `${row.state === 'open' ? '0' : '1'}${row.id}`, presentTask);
}

/** Adds a task to an incident, writes it into the timeline and tells whoever got it. */
export async function createTask(ctx: Ctx, incidentId: string, wanted: NewTask): Promise<TaskView> {
  const incident = await readIncident(ctx, incidentId);
  if (wanted.assigneeId) await assertActive(ctx, wanted.assigneeId);
  const row = await insertTask(ctx, {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('tsk'),
    incidentId,
    title: wanted.title,
    state: 'open',
    assigneeId: wanted.assigneeId ?? null,
    dueAt: wanted.dueAt ? new Date(wanted.dueAt) : null,
    createdBy: actorUserId(ctx.actor),
    createdAt: ctx.now,
    settledAt: null,
  });
  await note(ctx, row, `Task added: ${row.title}`);
  if (row.assigneeId) await tellAssignee(ctx, row, incident.kind === 'drill');
  await audit(ctx, { action: 'task.create', subjectId: row.id, detail: { incidentId } });
  return presentTask(row);
}

/** Settles, reopens, assigns, renames or dates a task. */
export async function changeTask(ctx: Ctx, id: string, change: TaskChange): Promise<TaskView> {
  const before = await lockTask(ctx, id);
  if (!before) throw notFound('task', id);
  if (change.assigneeId) await assertActive(ctx, change.assigneeId);
  const state = change.state ?? before.state;
  const row = await updateTask(ctx, id, {
    title: change.title ?? before.title,
    state,
    assigneeId: change.assigneeId === undefined ? before.assigneeId : change.assigneeId,
    dueAt: change.dueAt === undefined ? before.dueAt : change.dueAt === null ? null : new Date(change.dueAt),
    settledAt: state === 'open' ? null : (before.settledAt ?? ctx.now),
  });
  if (row.state !== before.state)
    await note(ctx, row, `Task ${row.state === 'open' ? 'reopened' : row.state}: ${row.title}`);
  if (row.assigneeId && row.assigneeId !== before.assigneeId) {
    const incident = await readIncident(ctx, row.incidentId);
    await tellAssignee(ctx, row, incident.kind === 'drill');
  }
  await audit(ctx, { action: 'task.change', subjectId: id, detail: change });
  ctx.touch(`incident:${row.incidentId}`);
  return presentTask(row);
}

async function assertActive(ctx: Ctx, userId: string): Promise<void> {
  const person = await readUser(ctx, userId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (!person?.active) throw invalid('body.assigneeId', 'is not an active member of this workspace');
}

async function note(ctx: Ctx, row: TaskRow, text: string): Promise<void> {
  await appendEntry(ctx, row.incidentId, { type: 'task', text, data: { taskId: row.id, state: row.state } });
  ctx.touch(`incident:${row.incidentId}`);
}

async function tellAssignee(ctx: Ctx, row: TaskRow, drill: boolean): Promise<void> {
  if (row.assigneeId === null || row.assigneeId === actorUserId(ctx.actor)) return;
  await notifyUser(ctx, row.assigneeId, {
    subject: `${drillMark(drill)}Task for you: ${row.title}`,
    text: `You were given a task in an incident: ${row.title}`,
    url: `/incidents/${row.incidentId}`,
    incidentId: row.incidentId,
    uniqueKey: `task:${row.id}`,
    urgency: 'high',
  });
}
