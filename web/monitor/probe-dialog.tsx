import { createProbe, type LocationView } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { CopyBlock, CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Adds a probe and shows, this once, how it is started. */
export function ProbeDialog({
  location: { id, name, probes },
  onClose,
}: {
  location: LocationView;
  onClose: () => void;
}) {
  const create = useAct(createProbe, { touches: ['locations'] });
  const form = useForm({
    initial: { name: `${name} ${probes.length + 1}` },
    submit: (body) => create.mutateAsync({ params: { id }, body }),
  });
  if (create.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`The probe “${create.data.name}”`}
        description="Copy its token now: it is shown this once and stored only as a hash."
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <div className="grid gap-4">
          <CopyLine label="Token" text={create.data.token} />
          <div className="grid gap-1.5">
            <p className="text-sm text-muted">Where it is to run, with Allclear installed:</p>
            <CopyBlock
              label="Command that starts the probe"
              text={`ALLCLEAR_PROBE_TOKEN=${create.data.token} \\\n  bin/allclear probe --server ${window.location.origin}`}
            />
            <p className="text-xs text-muted">
              It calls this address every few seconds; nothing has to be opened for it. It appears here as live once it
              has called.
            </p>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Add a probe in ${name}`}
      description="Several in one place share its monitors, and take over from one that fails."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Add" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} autoFocus />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
