import type { TaskView } from './contract.ts';
import type { TaskRow } from './store.ts';

/** A task as the API shows it. */
export function presentTask(row: TaskRow): TaskView {
  const { id, incidentId, title, state, assigneeId, createdBy } = row;
  return {
    id,
    incidentId,
    title,
    state,
    assigneeId,
    dueAt: row.dueAt?.toISOString() ?? null,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
