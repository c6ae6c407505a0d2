import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';

export const taskState = z.enum(['open', 'done', 'dropped']);
export type TaskState = z.output<typeof taskState>;

/** Something to do during an incident. */
export const task = z.object({
  id: id('tsk'),
  incidentId: id('inc'),
  title: z.string(),
  state: taskState,
  assigneeId: z.string().nullable(),
  dueAt: instant.nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
  settledAt: instant.nullable(),
});
export type TaskView = z.output<typeof task>;

const tag = 'Tasks';

export const listTasks = defineRoute({
  method: 'get',
  path: '/incidents/{id}/tasks',
  permission: 'incidents.read',
  tag,
  summary: 'List the tasks of an incident, open ones first',
  params: idParams('inc'),
  query: pageQuery,
  response: listOf(task),
});

export const createTask = defineRoute({
  method: 'post',
  path: '/incidents/{id}/tasks',
  permission: 'incidents.respond',
  tag,
  summary: 'Add a task to an incident',
  params: idParams('inc'),
  body: z.object({ title: line(300), assigneeId: id('usr').optional(), dueAt: instant.optional() }),
  response: task,
  status: 201,
});

export const changeTask = defineRoute({
  method: 'patch',
  path: '/tasks/{id}',
  permission: 'incidents.respond',
  tag,
  summary: 'Settle, reopen, assign, rename or date a task',
  params: idParams('tsk'),
  body: z.object({
    title: line(300).optional(),
    state: taskState.optional(),
    assigneeId: id('usr').nullable().optional(),
    dueAt: instant.nullable().optional(),
  }),
  response: task,
});
