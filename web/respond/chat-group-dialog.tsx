import { listChannels } from '#delivery/contract';
import { type ChatGroupKind, type ChatGroupView, saveChatGroup, type ScheduleView } from '#respond/contract';
import { useAct, useRead } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { CHAT_GROUP_KINDS, CHAT_GROUP_WORDS } from './chat-group-words.ts';

/** Names the group of a chat that follows a schedule. */
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
  const channels = useRead(listChannels, {}, ['settings']).data?.items ?? [];
  const isConnected = (kind: ChatGroupKind) => channels.some((one) => one.kind === kind && one.problem === null);
  const [server = '', role = ''] = group?.kind === 'discord' ? group.groupId.split('/') : [];
  const form = useForm({
    initial: {
      kind: (group?.kind ?? '') as ChatGroupKind | '',
      server,
      groupId: group?.kind === 'discord' ? role : (group?.groupId ?? ''),
    },
    refuse: (values) => ({
      ...(values.groupId.trim() === '' ? { groupId: 'Say which group.' } : {}),
      ...(kindOf(values) === 'discord' && values.server.trim() === '' ? { server: 'Say in which server.' } : {}),
    }),
    submit: async (values) => {
      const kind = kindOf(values);
      const id = values.groupId.trim();
      const groupId = kind === 'discord' ? `${values.server.trim()}/${id}` : id;
      await save.mutateAsync({ params: { id: schedule.id }, body: { kind, groupId } });
      onClose();
    },
  });
  /** Until somebody chooses: the chat that is connected, if one is. */
  function kindOf(values: { kind: ChatGroupKind | '' }): ChatGroupKind {
    return values.kind === '' ? (CHAT_GROUP_KINDS.find(isConnected) ?? 'slack') : values.kind;
  }
  const kind = kindOf(form.values);
  const words = CHAT_GROUP_WORDS[kind];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Let a group follow ${schedule.name}`}
      description={words.members}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Let it follow" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Chat">
          <Select {...form.text('kind')} value={kind}>
            {CHAT_GROUP_KINDS.map((one) => (
              <option key={one} value={one}>
                {CHAT_GROUP_WORDS[one].name}
                {channels.length === 0 || isConnected(one) ? '' : ' (not connected)'}
              </option>
            ))}
          </Select>
        </Field>
        {kind === 'discord' ? (
          <Field
            label="Id of the server"
            hint="In Discord: switch on Advanced, Developer Mode, then right-click the server, Copy server ID."
            error={form.error('server')}
          >
            <Input {...form.text('server')} placeholder="1094400111222333" autoComplete="off" inputMode="numeric" />
          </Field>
        ) : null}
        <Field label={words.label} hint={words.hint} error={form.error('groupId')}>
          <Input {...form.text('groupId')} placeholder={words.example} autoComplete="off" />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
