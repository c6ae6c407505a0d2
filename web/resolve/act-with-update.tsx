import { type ReactNode, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** An act that also posts a public update: says so, shows the wording, and does both at once. */
export function ActWithUpdate({
  title,
  consequence,
  act,
  keep,
  wording,
  subscribers,
  extra,
  onAct,
  onClose,
}: {
  title: string;
  consequence: string;
  act: string;
  keep: string;
  /** The shipped wording; absent = nothing is said in public. */
  wording: string | undefined;
  subscribers: number;
  extra?: ReactNode;
  onAct: (body: string | undefined) => Promise<unknown>;
  onClose: () => void;
}) {
  // The wording names a time and is read anew now and then; untouched it is filled in again when it is posted.
  const [shipped] = useState(wording);
  const form = useForm({
    initial: { body: shipped ?? '' },
    keep,
    submit: ({ body }) => onAct(wording === undefined || body === shipped ? undefined : body),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={consequence}
      onSubmit={form.onSubmit}
      footer={<FormActs act={act} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        {extra}
        {wording === undefined ? null : (
          <Field
            label="Public update"
            hint={`Goes to the status page, the feeds and ${plural(subscribers, 'subscriber')}.`}
            error={form.error('body')}
          >
            <Textarea rows={4} {...form.text('body')} />
          </Field>
        )}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
