import { useNavigate } from '@tanstack/react-router';
import { createPage, type PageView } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field, FieldError } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { TargetField } from './target-field.tsx';
import type { Target } from './targets.ts';

interface Draft {
  title: string;
  note: string;
  targets: Target[];
  urgency: PageView['urgency'];
}

/** Asks for people by hand, with or without an incident. */
export function PageDialog({ incidentId, onClose }: { incidentId?: string; onClose: () => void }) {
  const go = useNavigate();
  const create = useAct(createPage, { touches: ['pages', 'incidents'] });
  const form = useForm<Draft>({
    initial: { title: '', note: '', targets: [], urgency: 'high' },
    refuse: ({ title, targets }) => ({
      ...(title.trim() === '' ? { title: 'Say what it is about.' } : {}),
      ...(targets.length === 0 ? { targets: 'Choose at least one.' } : {}),
    }),
    submit: async ({ title, note, targets, urgency }) => {
      const made = await create.mutateAsync({
        body: {
          title,
          targets,
          urgency,
          ...(note.trim() === '' ? {} : { note }),
          ...(incidentId === undefined ? {} : { incidentId }),
        },
      });
      onClose();
      if (incidentId === undefined) void go({ to: '/pages/$pageId', params: { pageId: made.id } });
      else toast({ text: 'They are paged' });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Page somebody"
      description="It rings at once, three times, five minutes apart, until one of them acknowledges."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Page them" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-medium">Whom</legend>
          <TargetField of="the page" targets={form.values.targets} onChange={(next) => form.set('targets', next)} />
          {form.error('targets') === undefined ? null : <FieldError>{form.error('targets')}</FieldError>}
        </fieldset>
        <Field label="What is it about?" error={form.error('title')}>
          <Input {...form.text('title')} placeholder="Please look at the ledger" />
        </Field>
        <Field label="What they should know" aside="optional" error={form.error('note')}>
          <Textarea {...form.text('note')} rows={3} />
        </Field>
        <Field label="Urgency">
          <Select {...form.text('urgency')}>
            <option value="high">high: by their rules for high urgency, at any hour</option>
            <option value="low">low: by their rules for low urgency</option>
          </Select>
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
