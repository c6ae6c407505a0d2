import { changeLocation, createLocation, type LocationView } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input, Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

const linesOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A place: its name, and what its probes may reach. */
export function LocationDialog({ location, onClose }: { location: LocationView | undefined; onClose: () => void }) {
  const mayAllow = useMay('targets.allow');
  const create = useAct(createLocation, { touches: ['locations'], onDone: onClose });
  const change = useAct(changeLocation, { touches: ['locations'], onDone: onClose });
  const form = useForm({
    initial: { name: location?.name ?? '', allowedTargets: location?.allowedTargets.join('\n') ?? '' },
    submit: ({ name, allowedTargets }) => {
      const body = { name, ...(mayAllow ? { allowedTargets: linesOf(allowedTargets) } : {}) };
      return location === undefined
        ? create.mutateAsync({ body })
        : change.mutateAsync({ params: { id: location.id }, body });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={location === undefined ? 'Add a location' : `Edit ${location.name}`}
      onSubmit={form.onSubmit}
      footer={<FormActs act={location === undefined ? 'Add' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" hint="Where it is, as people say it." error={form.error('name')}>
          <Input {...form.text('name')} placeholder="Frankfurt" autoFocus />
        </Field>
        <Field
          label="Private networks"
          aside="one per line"
          hint={
            mayAllow
              ? 'What its probes may reach beyond public addresses, for example 10.0.0.0/8. It counts there alone.'
              : 'An owner says which private networks its probes may reach.'
          }
          error={form.error('allowedTargets')}
        >
          <Textarea {...form.text('allowedTargets')} mono rows={2} dir="ltr" disabled={!mayAllow} />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
