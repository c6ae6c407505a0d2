import { postPushedValue } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { bodyOfValueDraft, freshValueDraft, refuseValueDraft } from './pushed-value-draft.ts';
import { PushedValueFields } from './pushed-value-fields.tsx';

const touches = ['monitors', 'status-pages', 'settings'];

/** Adds a value that is sent to us. */
export function AddPushedValue({
  kinds,
  onAdded,
  onClose,
}: {
  kinds: React.ReactNode;
  onAdded: (monitorId: string) => void;
  onClose: () => void;
}) {
  const create = useAct(postPushedValue, { touches, onDone: ({ id }) => onAdded(id) });
  const form = useForm({
    initial: { name: '', ...freshValueDraft },
    refuse: refuseValueDraft,
    submit: ({ name, ...draft }) => create.mutateAsync({ body: { name, ...bodyOfValueDraft(draft) } }),
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
        <Field label="Name" hint="What is measured, for example orders that wait." error={form.error('name')}>
          <Input {...form.text('name')} autoFocus />
        </Field>
        <PushedValueFields form={form} />
        <p className="text-xs text-muted">
          You get an address to which the value is sent. Nothing is expected before the first one.
        </p>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
