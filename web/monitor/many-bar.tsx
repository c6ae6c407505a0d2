import { useState } from 'react';
import { changeManyMonitors } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { plural } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { GroupInput } from './group-field.tsx';
import { ServiceSelect } from './service-select.tsx';

type Asked = { act: keyof typeof DONE; tag?: string; serviceId?: string; group?: string | null };

const DONE = {
  pause: 'paused',
  resume: 'resumed',
  archive: 'archived',
  tag: 'tagged',
  untag: 'changed',
  move: 'moved',
  group: 'moved',
};

/** What can be done with the monitors that are chosen. */
export function ManyBar({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const [asking, setAsking] = useState<'archive' | 'tag' | 'untag' | 'move' | 'group'>();
  const close = () => setAsking(undefined);
  const change = useAct(changeManyMonitors, {
    touches: ['monitors', 'alerts'],
    onDone: ({ changed, left }, { body }) => {
      const rest = left.length === 0 ? '' : `, ${left.length} left as they are: ${left[0]?.reason ?? ''}`;
      toast({ text: `${plural(changed.length, 'monitor')} ${DONE[body.act]}${rest}` });
      close();
      onDone();
    },
  });
  const run = (asked: Asked) => change.mutateAsync({ body: { monitorIds: [...ids], ...asked } });
  const count = plural(ids.length, 'monitor');
  return (
    <div
      role="region"
      aria-label="Chosen monitors"
      className="sticky top-2 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-control border border-line-strong bg-surface p-2 shadow-md"
    >
      <span className="px-1 font-semibold">{count}</span>
      <Button size="sm" busy={change.isPending} onClick={() => void run({ act: 'pause' })}>
        Pause
      </Button>
      <Button size="sm" onClick={() => void run({ act: 'resume' })}>
        Resume
      </Button>
      <Button size="sm" onClick={() => setAsking('tag')}>
        Tag
      </Button>
      <Button size="sm" onClick={() => setAsking('untag')}>
        Untag
      </Button>
      <Button size="sm" onClick={() => setAsking('move')}>
        Move to a service
      </Button>
      <Button size="sm" onClick={() => setAsking('group')}>
        Put into a group
      </Button>
      <Button size="sm" onClick={() => setAsking('archive')}>
        Archive
      </Button>
      <Button size="sm" className="ml-auto" onClick={onDone}>
        Choose none
      </Button>
      <ErrorNote error={asking === undefined ? change.error : undefined} className="basis-full" />
      <ConfirmDialog
        open={asking === 'archive'}
        onOpenChange={close}
        title={`Archive ${count}?`}
        consequence="They are not checked any more and leave the lists. Their history stays."
        act="Archive"
        danger
        busy={change.isPending}
        error={change.error}
        onConfirm={() => void run({ act: 'archive' })}
      />
      {asking === 'tag' || asking === 'untag' ? (
        <TagDialog act={asking} count={count} onClose={close} onTag={(tag) => run({ act: asking, tag })} />
      ) : null}
      {asking === 'move' ? (
        <MoveDialog count={count} onClose={close} onMove={(serviceId) => run({ act: 'move', serviceId })} />
      ) : null}
      {asking === 'group' ? (
        <PutDialog count={count} onClose={close} onPut={(group) => run({ act: 'group', group })} />
      ) : null}
    </div>
  );
}

function PutDialog({
  count,
  onClose,
  onPut,
}: {
  count: string;
  onClose: () => void;
  onPut: (group: string | null) => Promise<unknown>;
}) {
  const form = useForm({
    initial: { group: '' },
    submit: ({ group }) => onPut(group.trim() === '' ? null : group),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Put ${count} into a group`}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Put" busy={form.busy} onCancel={onClose} />}
    >
      <Field label="Group" hint="A / makes groups within groups. Empty: out of theirs." error={form.error('group')}>
        <GroupInput {...form.text('group')} autoFocus />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}

function TagDialog({
  act,
  count,
  onClose,
  onTag,
}: {
  act: 'tag' | 'untag';
  count: string;
  onClose: () => void;
  onTag: (tag: string) => Promise<unknown>;
}) {
  const form = useForm({
    initial: { tag: '' },
    refuse: ({ tag }) => {
      if (tag.trim() === '') return { tag: 'Name the tag' };
      return tag.includes(',') ? { tag: 'One tag at a time' } : {};
    },
    submit: ({ tag }) => onTag(tag.trim().toLowerCase()),
  });
  const verb = act === 'tag' ? 'Tag' : 'Take a tag from';
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`${verb} ${count}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act={act === 'tag' ? 'Tag' : 'Take it'} busy={form.busy} onCancel={onClose} />}
    >
      <Field label="Tag" error={form.error('tag')}>
        <Input {...form.text('tag')} autoFocus autoCapitalize="none" />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}

function MoveDialog({
  count,
  onClose,
  onMove,
}: {
  count: string;
  onClose: () => void;
  onMove: (serviceId: string) => Promise<unknown>;
}) {
  const form = useForm({
    initial: { serviceId: '' },
    refuse: ({ serviceId }) => (serviceId === '' ? { serviceId: 'Choose a service' } : {}),
    submit: ({ serviceId }) => onMove(serviceId),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Move ${count}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Move" busy={form.busy} onCancel={onClose} />}
    >
      <Field label="Service" hint="It decides who is paged." error={form.error('serviceId')}>
        <ServiceSelect value={form.values.serviceId} onChange={(id) => form.set('serviceId', id)} />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}
