import { useState } from 'react';
import {
  type PhoneSettingsInput,
  type PhoneSettingsView,
  removePhoneSettings,
  savePhoneSettings,
} from '#delivery/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { type PhoneField, phoneServices } from './phone-services.ts';
import { PhoneTest } from './phone-test.tsx';

const touches = ['settings', 'members', 'deliveries'];

/** Connects a provider, or what one does with a connected one: test it, change it, disconnect it. */
export function PhoneForm({ setting }: { setting: PhoneSettingsView }) {
  const [open, setOpen] = useState(false);
  const { name } = phoneServices[setting.provider];
  return (
    <>
      {setting.configured ? <ConnectedActs setting={setting} onChange={() => setOpen(true)} /> : null}
      {setting.configured || open ? null : (
        <div>
          <Button variant="primary" onClick={() => setOpen(true)}>
            Connect {name}
          </Button>
        </div>
      )}
      {open ? <AccountForm setting={setting} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ConnectedActs({ setting, onChange }: { setting: PhoneSettingsView; onChange: () => void }) {
  const { provider } = setting;
  const { name } = phoneServices[provider];
  const [removing, setRemoving] = useState(false);
  const remove = useAct(removePhoneSettings, { touches, onDone: () => toast({ text: `${name} disconnected` }) });
  return (
    <>
      <PhoneTest setting={setting} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={onChange}>
          Change
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setRemoving(true)}>
          Disconnect
        </Button>
      </div>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Disconnect ${name}?`}
        consequence="Its numbers send nothing any more, and replies to them are not heard. Without another provider nobody is reached by telephone."
        act="Disconnect"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { provider } })}
      />
    </>
  );
}

const listOf = (typed: string) =>
  typed
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

function AccountForm({ setting, onClose }: { setting: PhoneSettingsView; onClose: () => void }) {
  const { provider, configured, inboundUrl, accountId, smsNumbers, voiceNumbers } = setting;
  const { name, steps, fields, inboundLabel } = phoneServices[provider];
  const save = useAct(savePhoneSettings, { touches });
  const typed = fields.map((field) => [field.name, field.as === 'text' ? (accountId ?? '') : '']);
  const initial: Record<string, string> = {
    ...Object.fromEntries(typed),
    smsNumbers: smsNumbers.join('\n'),
    voiceNumbers: voiceNumbers.join('\n'),
  };
  const form = useForm({
    initial,
    submit: async (values) => {
      const secrets = Object.entries(values).filter(([, value]) => value.trim() !== '');
      await save.mutateAsync({
        body: {
          ...Object.fromEntries(secrets),
          provider,
          smsNumbers: listOf(values['smsNumbers'] ?? ''),
          voiceNumbers: listOf(values['voiceNumbers'] ?? ''),
        } as PhoneSettingsInput,
      });
      toast({ text: `${name} connected` });
      onClose();
    },
  });
  const control = (field: Pick<PhoneField, 'name' | 'as'>) => {
    const common = {
      name: field.name,
      value: form.values[field.name] ?? '',
      autoComplete: 'off',
      autoCapitalize: 'none',
      spellCheck: false,
    };
    if (field.as === 'lines')
      return <Textarea {...common} mono rows={4} onChange={(event) => form.set(field.name, event.target.value)} />;
    return <Input {...common} type={field.as} onChange={(event) => form.set(field.name, event.target.value)} />;
  };
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-4 border-t border-line pt-4">
      <ol className="grid list-decimal gap-1 pl-5 text-muted">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <CopyLine label={inboundLabel} text={inboundUrl} />
      {fields.map((field) => {
        const kept = configured && field.as !== 'text' ? ' Leave it empty to keep the stored one.' : '';
        return (
          <Field key={field.name} label={field.label} hint={`${field.hint}${kept}`} error={form.error(field.name)}>
            {control(field)}
          </Field>
        );
      })}
      <NumberList form={form} name="smsNumbers" label="Numbers for SMS" />
      <NumberList form={form} name="voiceNumbers" label="Numbers for calls" />
      <ErrorNote error={form.problem} shown={form.fields} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.busy}>
          Try and save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

function NumberList({
  form,
  name,
  label,
}: {
  form: ReturnType<typeof useForm<Record<string, string>>>;
  name: string;
  label: string;
}) {
  return (
    <Field
      label={label}
      aside="optional"
      hint="One on a line, with its country code. The one most like the receiver’s is used."
      error={form.error(name)}
    >
      <Textarea
        mono
        rows={2}
        value={form.values[name] ?? ''}
        placeholder="+44 7700 900123"
        onChange={(event) => form.set(name, event.target.value)}
      />
    </Field>
  );
}
