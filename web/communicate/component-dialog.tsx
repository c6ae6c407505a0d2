import { changeComponent, type ComponentView, createComponentRoute, listComponents } from '#communicate/contract';
import { listServices } from '#monitor/contract';
import { useAct, useAll, useRead } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

const touches = ['status-pages'];

/** Adds a line, or renames and describes one. The name is what customers read. */
export function ComponentDialog({
  statusPageId,
  component,
  onClose,
}: {
  statusPageId: string;
  component?: ComponentView;
  onClose: () => void;
}) {
  const create = useAct(createComponentRoute, { touches, onDone: onClose });
  const change = useAct(changeComponent, { touches, onDone: onClose });
  const form = useForm({
    initial: { name: component?.name ?? '', description: component?.description ?? '', serviceId: '' },
    refuse: ({ name }) => (name.trim() === '' ? { name: 'Give it a name that customers know.' } : {}),
    submit: ({ name, description, serviceId }) => {
      const words = { name, description: description.trim() === '' ? null : description };
      return component === undefined
        ? create.mutateAsync({ body: { ...words, statusPageId, ...(serviceId === '' ? {} : { serviceId }) } })
        : change.mutateAsync({ params: { id: component.id }, body: words });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={component === undefined ? 'Add a component' : `Edit ${component.name}`}
      onSubmit={form.onSubmit}
      footer={
        <FormActs act={component === undefined ? 'Add it to the page' : 'Save'} busy={form.busy} onCancel={onClose} />
      }
    >
      <div className="grid gap-4">
        <Field label="Name" hint="In the words of customers" error={form.error('name')}>
          <Input {...form.text('name')} dir="auto" placeholder="Checkout" />
        </Field>
        <Field label="Description" aside="optional" error={form.error('description')}>
          <Input {...form.text('description')} dir="auto" placeholder="Europe, Americas, Asia" />
        </Field>
        {component === undefined ? (
          <ServiceField statusPageId={statusPageId} error={form.error('serviceId')} control={form.text('serviceId')} />
        ) : null}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

function ServiceField({
  statusPageId,
  error,
  control,
}: {
  statusPageId: string;
  error: string | undefined;
  control: React.ComponentProps<'select'>;
}) {
  const services = useAll(listServices, {}, ['monitors']);
  const standing = useRead(listComponents, { query: { statusPageId, limit: 200 } }, ['status-pages']);
  const taken = new Set(standing.data?.items.map(({ serviceId }) => serviceId));
  return (
    <Field
      label="Measured by"
      hint="A service’s monitors fill the 90 days; a service stands on a page once."
      error={error}
    >
      <Select {...control}>
        <option value="">Nothing: only what updates say</option>
        {services.data?.items
          .filter(({ id }) => !taken.has(id))
          .map((service) => (
            <option key={service.id} value={service.id}>
              {service.name}
            </option>
          ))}
      </Select>
    </Field>
  );
}
