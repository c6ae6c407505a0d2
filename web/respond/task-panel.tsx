import type { IncidentView } from '#declare/contract';
import { changeTask, listTasks, type TaskView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Section } from '../ui/panel.tsx';

export function TaskPanel({ incident }: { incident: IncidentView }) {
  const list = useList(listTasks, { params: { id: incident.id }, query: { limit: 50 } }, topicsOf(incident.id));
  const shown = list.items?.filter(({ state }) => state !== 'dropped') ?? [];
  if (shown.length === 0) return null;
  return (
    <Section title="Tasks" aside={`${shown.filter(({ state }) => state === 'done').length} of ${shown.length} done`}>
      <ul className="flex flex-col gap-1">
        {shown.map((task) => (
          <TaskLine key={task.id} task={task} incidentId={incident.id} />
        ))}
      </ul>
    </Section>
  );
}

function TaskLine({ task, incidentId }: { task: TaskView; incidentId: string }) {
  const nameOf = usePersonName();
  const may = useMay('incidents.respond');
  const change = useAct(changeTask, { touches: topicsOf(incidentId) });
  return (
    <li className="flex items-start justify-between gap-2">
      <Checkbox
        label={<span className={task.state === 'done' ? 'text-muted line-through' : ''}>{task.title}</span>}
        checked={task.state === 'done'}
        disabled={!may || change.isPending}
        onChange={(event) =>
          change.mutate(
            { params: { id: task.id }, body: { state: event.target.checked ? 'done' : 'open' } },
            { onError: (error) => toast({ tone: 'bad', text: sentenceOf(error) }) },
          )
        }
      />
      {task.assigneeId === null ? null : <Avatar name={nameOf(task.assigneeId)} />}
    </li>
  );
}
