import type { ReactNode } from 'react';
import { listEscalationPolicies } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { useRead } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { type Form, useForm } from '../ui/use-form.ts';
import { localInput } from '../ui/local-input.ts';
import { nextMorning } from './snooze.ts';

export function SnoozeDialog({
  onClose,
  submit,
}: {
  onClose: () => void;
  submit: (until: string) => Promise<unknown>;
}) {
  const form = useForm({
    initial: { until: localInput(nextMorning(new Date())) },
    refuse: ({ until }) => (Number.isNaN(Date.parse(until)) ? { until: 'Choose a day and a time.' } : {}),
    submit: ({ until }) => submit(new Date(until).toISOString()),
  });
  return (
    <ActDialog title="Snooze until" act="Snooze" form={form} onClose={onClose}>
      <Field
        label="Until"
        hint="It counts as acknowledged until then, and asks again afterwards."
        error={form.error('until')}
      >
        <Input type="datetime-local" {...form.text('until')} />
      </Field>
    </ActDialog>
  );
}

export type Receiver = { userId?: string; policyId?: string };

export function GiveDialog({ onClose, submit }: { onClose: () => void; submit: (to: Receiver) => Promise<unknown> }) {
  const members = useMembers();
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']);
  const form = useForm({
    initial: { to: '' },
    refuse: ({ to }) => (to === '' ? { to: 'Choose who takes it.' } : {}),
    submit: ({ to }) => submit(to.startsWith('usr_') ? { userId: to } : { policyId: to }),
  });
  return (
    <ActDialog title="Give to" act="Give and page" form={form} onClose={onClose}>
      <Field
        label="Who takes it"
        hint="They are paged at once; a person is asked before the usual steps."
        error={form.error('to')}
      >
        <Select {...form.text('to')}>
          <option value="">Choose …</option>
          <optgroup label="People">
            {members.data?.items
              .filter(({ active }) => active)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </optgroup>
          <optgroup label="Escalation policies">
            {policies.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        </Select>
      </Field>
    </ActDialog>
  );
}

export function NoteDialog({ onClose, submit }: { onClose: () => void; submit: (body: string) => Promise<unknown> }) {
  const form = useForm({ initial: { body: '' }, keep: 'alert-note', submit: ({ body }) => submit(body) });
  return (
    <ActDialog title="Note" act="Write it down" form={form} onClose={onClose}>
      <Field label="What should others know?" error={form.error('body')}>
        <Textarea {...form.text('body')} dir="auto" placeholder="Same disk as last week; a replacement is ordered." />
      </Field>
    </ActDialog>
  );
}

function ActDialog<Values extends object>({
  title,
  act,
  form,
  onClose,
  children,
}: {
  title: string;
  act: string;
  form: Form<Values>;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={title}
      onSubmit={form.onSubmit}
      footer={<FormActs act={act} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        {children}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
