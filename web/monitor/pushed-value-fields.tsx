import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import type { Form } from '../ui/use-form.ts';
import { testChoices } from './common-options.ts';
import type { PushedValueDraft } from './pushed-value-draft.ts';

/** What must hold of a value, and how often it comes. */
export function PushedValueFields({ form }: { form: Pick<Form<PushedValueDraft>, 'text' | 'error'> }) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="All is well while it is" error={form.error('test')}>
          <Select {...form.text('test')}>
            {testChoices.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Value" error={form.error('value')}>
          <Input {...form.text('value')} inputMode="decimal" placeholder="90" />
        </Field>
      </div>
      <Field
        label="Down after"
        aside="optional"
        hint="Only what has not held for so long is down; empty is at once."
        error={form.error('forSeconds')}
      >
        <Input {...form.text('forSeconds')} placeholder="5 min" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="A value comes every" hint="Counted from the last one." error={form.error('periodSeconds')}>
          <Input {...form.text('periodSeconds')} placeholder="1 min" />
        </Field>
        <Field label="May be late by" hint="Then the monitor is unknform." error={form.error('graceSeconds')}>
          <Input {...form.text('graceSeconds')} placeholder="1 min" />
        </Field>
      </div>
    </>
  );
}
