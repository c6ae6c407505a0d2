import type { IncidentView } from '#declare/contract';
import { standDownRoute } from '#resolve/contract';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Everybody may go; the postmortem gets its owner now, while it is fresh. */
export function StandDownDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const { user } = useSession();
  const members = useMembers();
  const standDown = useAct(standDownRoute, {
    touches: [...topicsOf(incident.id), 'promises', 'pages', 'postmortems'],
    onDone: () => {
      toast({ text: 'Stood down. Thank you.' });
      onClose();
    },
  });
  const form = useForm({
    initial: { postmortemOwnerId: incident.postmortemOwnerId ?? incident.roles['incident-commander'] ?? user.id },
    submit: ({ postmortemOwnerId }) =>
      standDown.mutateAsync({
        params: { id: incident.id },
        body: postmortemOwnerId === '' ? {} : { postmortemOwnerId },
      }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Stand down"
      description="Roles are released, pages and timers end, and everybody is told."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Stand down" busy={form.busy} onCancel={onClose} />}
    >
      <Field label="Who owns the postmortem?" error={form.error('postmortemOwnerId')}>
        <Select {...form.text('postmortemOwnerId')}>
          {members.data?.items
            .filter((member) => member.active && member.role !== 'viewer')
            .map((member) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
        </Select>
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}
