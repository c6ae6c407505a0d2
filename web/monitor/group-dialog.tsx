import { renameMonitorGroup } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { plural } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Renames a group, moves it, or dissolves it. */
export function GroupDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const rename = useAct(renameMonitorGroup, {
    touches: ['monitors'],
    onDone: ({ monitors }) => {
      toast({ text: `${plural(monitors, 'monitor')} moved` });
      onClose();
    },
  });
  const form = useForm({
    initial: { to: path },
    submit: ({ to }) => rename.mutateAsync({ body: { from: path, to: to.trim() === '' ? null : to } }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Rename ${path}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Rename" busy={form.busy} onCancel={onClose} />}
    >
      <Field
        label="Group"
        hint="A / puts it into another group; what is inside comes along. Empty dissolves it."
        error={form.error('to')}
      >
        <Input {...form.text('to')} autoFocus />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}
