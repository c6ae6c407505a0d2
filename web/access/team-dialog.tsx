import { changeTeam, createTeam, type TeamView } from '#access/contract';
import { useAct } from '../data/query.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { useMembers } from './people.ts';

/** Names a team and says who is in it. */
export function TeamDialog({ team, onClose }: { team?: TeamView; onClose: () => void }) {
  const members = useMembers();
  const create = useAct(createTeam, { touches: ['members'] });
  const change = useAct(changeTeam, { touches: ['members'] });
  const form = useForm({
    initial: { name: team?.name ?? '', userIds: team?.userIds ?? [] },
    refuse: ({ name }) => (name.trim() === '' ? { name: 'Give it a name.' } : {}),
    submit: async (body) => {
      if (team === undefined) await create.mutateAsync({ body });
      else await change.mutateAsync({ params: { id: team.id }, body });
      onClose();
    },
  });
  const { userIds } = form.values;
  const people = (members.data?.items ?? []).filter(({ id, active }) => active || userIds.includes(id));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={team === undefined ? 'Make a team' : `Edit ${team.name}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act={team === undefined ? 'Make the team' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} placeholder="Payments" />
        </Field>
        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-medium">Who is in it</legend>
          <div className="grid gap-2">
            {people.map(({ id, name, active }) => (
              <Checkbox
                key={id}
                label={<bdi>{name}</bdi>}
                {...(active ? {} : { hint: 'deactivated, and not asked' })}
                checked={userIds.includes(id)}
                onChange={() =>
                  form.set('userIds', userIds.includes(id) ? userIds.filter((one) => one !== id) : [...userIds, id])
                }
              />
            ))}
          </div>
        </fieldset>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
