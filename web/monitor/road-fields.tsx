import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Select, Textarea } from '../ui/input.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import type { Form } from '../ui/use-form.ts';
import type { AskingDraft } from './asking-draft.ts';
import { ownAuthorities, roadFields } from './common-options.ts';
import { OptionFields } from './option-fields.tsx';

/** How an HTTP monitor gets to its target, and whom it trusts there. */
export function RoadFields({ form }: { form: Form<AskingDraft> }) {
  return (
    <Section title="How it connects" aside="optional">
      <Panel className="grid gap-4 p-4 sm:grid-cols-6">
        <OptionFields
          fields={roadFields}
          draft={form.values.options}
          onChange={(next) => form.set('options', next)}
          error={form.error}
        />
        <Field label="TLS" className="sm:col-span-3">
          <Select {...form.text('minVersion')}>
            <option value="TLSv1.2">1.2 or newer</option>
            <option value="TLSv1.3">1.3 only</option>
          </Select>
        </Field>
        <Checkbox
          {...form.check('skipVerification')}
          label="Accept any certificate"
          hint="Only for targets that you know; the certificate’s end is still watched."
          className="sm:col-span-3"
        />
        <Field
          label={ownAuthorities.label}
          {...(ownAuthorities.aside === undefined ? {} : { aside: ownAuthorities.aside })}
          {...(ownAuthorities.hint === undefined ? {} : { hint: ownAuthorities.hint })}
          error={form.error('tls')}
          className="sm:col-span-full"
        >
          <Textarea {...form.text('caPem')} mono rows={3} dir="ltr" placeholder="-----BEGIN CERTIFICATE-----" />
        </Field>
      </Panel>
    </Section>
  );
}
