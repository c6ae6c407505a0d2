import { postHeartbeat } from '#monitor/contract';
import { browserTimeZone } from '../access/time-zone-select.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { bodyOfDraft, freshDraft, refuseDraft } from './heartbeat-draft.ts';
import { HeartbeatFields } from './heartbeat-fields.tsx';

const touches = ['monitors', 'status-pages', 'settings'];

/** Adds a job that reports to us. */
export function AddHeartbeat({
  kinds,
  onAdded,
  onClose,
}: {
  kinds: React.ReactNode;
  onAdded: (monitorId: string) => void;
  onClose: () => void;
}) {
  const create = useAct(postHeartbeat, { touches, onDone: ({ id }) => onAdded(id) });
  const form = useForm({
    initial: { name: '', ...freshDraft(browserTimeZone()) },
    refuse: refuseDraft,
    submit: ({ name, ...draft }) => create.mutateAsync({ body: { name, ...bodyOfDraft(draft) } }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add a monitor"
      onSubmit={form.onSubmit}
      footer={<FormActs act="Add" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        {kinds}
        <Field label="Name" hint="The job that will report, for example a nightly backup." error={form.error('name')}>
          <Input {...form.text('name')} autoFocus />
        </Field>
        <HeartbeatFields form={form} />
        <p className="text-xs text-muted">
          You get an address that the job calls. Nothing is expected before its first call.
        </p>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
