import { type PhoneKind, type PhoneSettingsView, testPhoneSettings } from '#delivery/contract';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Sends one SMS, or calls once, by this provider alone. */
export function PhoneTest({ setting: { provider, smsNumbers, voiceNumbers } }: { setting: PhoneSettingsView }) {
  const test = useAct(testPhoneSettings, { touches: ['settings', 'deliveries'] });
  const initial: { to: string; kind: PhoneKind } = { to: '', kind: smsNumbers.length > 0 ? 'sms' : 'voice' };
  const form = useForm({ initial, submit: (body) => test.mutateAsync({ params: { provider }, body }) });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-wrap items-end gap-2">
      <Field label="Test with a number" error={form.error('to')} className="min-w-48 flex-1">
        <Input {...form.text('to')} type="tel" autoComplete="tel" placeholder="+44 7700 900123" />
      </Field>
      {smsNumbers.length > 0 && voiceNumbers.length > 0 ? (
        <Field label="By" className="w-28">
          <Select {...form.text('kind')}>
            <option value="sms">SMS</option>
            <option value="voice">Call</option>
          </Select>
        </Field>
      ) : null}
      <Button type="submit" busy={form.busy}>
        Test
      </Button>
      <div className="basis-full empty:hidden">
        <ErrorNote error={form.problem} shown={form.fields} />
        {test.data === undefined ? null : (
          <Note tone={test.data.ok ? 'ok' : 'bad'} role="status">
            {test.data.message}
          </Note>
        )}
      </div>
    </form>
  );
}
