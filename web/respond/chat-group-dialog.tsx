import { type ChatGroupView, saveChatGroup, type ScheduleView } from '#respond/contract';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Names the Slack user group that follows a schedule. */
export function ChatGroupDialog({
  schedule,
  group,
  onClose,
}: {
  schedule: ScheduleView;
  group: ChatGroupView | null;
  onClose: () => void;
}) {
  const save = useAct(saveChatGroup, { touches: ['schedules'] });
  const form = useForm({
    initial: { groupId: group?.groupId ?? '' },
    refuse: ({ groupId }) => (groupId.trim() === '' ? { groupId: 'Say which group.' } : {}),
    submit: async ({ groupId }) => {
      await save.mutateAsync({ params: { id: schedule.id }, body: { groupId: groupId.trim() } });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Let a Slack group follow ${schedule.name}`}
      description="From now on its members are whoever is on call, and nobody else: whoever is in it today is taken out."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Let it follow" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field
          label="Id of the user group"
          hint="In Slack: Directories, User groups, the group, ⋮, Copy group ID. The app needs the scope usergroups:write."
          error={form.error('groupId')}
        >
          <Input {...form.text('groupId')} placeholder="S0615G0KT" autoComplete="off" />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
