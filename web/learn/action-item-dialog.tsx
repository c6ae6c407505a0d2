import { createActionItemRoute } from '#learn/contract';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { currentTime } from '../ui/clock.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

const TWO_WEEKS_MS = 14 * 86_400_000;

/** Asks for the four things without which it is a wish: what, how we know, who, when. */
export function ActionItemDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const { user } = useSession();
  const members = useMembers();
  const create = useAct(createActionItemRoute, {
    touches: ['action-items', 'promises', `incident:${incidentId}`],
    onDone: () => {
      toast({ text: 'Action item added' });
      onClose();
    },
  });
  const form = useForm({
    initial: {
      title: '',
      doneWhen: '',
      ownerId: user.id,
      dueOn: new Date(currentTime().getTime() + TWO_WEEKS_MS).toISOString().slice(0, 10),
    },
    keep: `action-item.${incidentId}`,
    submit: (body) => create.mutateAsync({ params: { id: incidentId }, body }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add an action item"
      description="Specific, owned by one person, dated. Its owner is reminded, and it counts until it is done or waived."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Add the item" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field
          label="What will be done"
          hint="Start with a verb: “Add a canary region to deploys”"
          error={form.error('title')}
        >
          <Input {...form.text('title')} />
        </Field>
        <Field
          label="Done when"
          hint="How anybody can see it: “a failing canary stops the deploy”"
          error={form.error('doneWhen')}
        >
          <Input {...form.text('doneWhen')} />
        </Field>
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Owner" error={form.error('ownerId')}>
            <Select {...form.text('ownerId')}>
              {members.data?.items
                .filter((member) => member.active)
                .map((member) => (
                  <option key={member.id} value={member.id}>
                    {member.name}
                  </option>
                ))}
            </Select>
          </Field>
          <Field label="Due" error={form.error('dueOn')}>
            <Input type="date" {...form.text('dueOn')} />
          </Field>
        </div>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
