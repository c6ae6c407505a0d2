import type { IncidentView } from '#declare/contract';
import { createTask } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { useAct } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

export function TaskForm({ incident, onAdded }: { incident: IncidentView; onAdded: () => void }) {
  const members = useMembers();
  const create = useAct(createTask, { touches: topicsOf(incident.id), onDone: onAdded });
  const form = useForm({
    initial: { title: '', assigneeId: '' },
    keep: `task.${incident.id}`,
    submit: ({ title, assigneeId }) =>
      create.mutateAsync({
        params: { id: incident.id },
        body: { title, ...(assigneeId === '' ? {} : { assigneeId }) },
      }),
  });
  return (
    <form onSubmit={form.onSubmit} className="flex flex-wrap items-end gap-3 pt-3">
      <Field label="Task" error={form.error('title')} className="min-w-0 flex-1 basis-64">
        <Input placeholder="Roll back to 4.17" {...form.text('title')} />
      </Field>
      <Field label="Who" error={form.error('assigneeId')} className="w-44">
        <Select {...form.text('assigneeId')}>
          <option value="">Anybody</option>
          {members.data?.items
            .filter((member) => member.active && member.role !== 'viewer')
            .map((member) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
        </Select>
      </Field>
      <Button type="submit" variant="primary" busy={form.busy}>
        Add the task
      </Button>
      <ErrorNote error={form.problem} shown={form.fields} className="basis-full" />
    </form>
  );
}
