import {
  type MailSecurity,
  type MailServer,
  removeMailSettings,
  removeSpareMailServer,
  saveMailSettings,
  saveSpareMailServer,
} from '#delivery/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { AllowSuggestion } from '../access/allow-suggestion.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import type { MailSettings } from './mail-settings.ts';

const touches = ['settings', 'deliveries'];
const usualPort: Record<MailSecurity, string> = { tls: '465', starttls: '587', 'if-offered': '25', none: '25' };
const isSecurity = (value: string): value is MailSecurity => value in usualPort;
const isUsual = (port: string) => Object.values(usualPort).includes(port);

type Known = Pick<MailSettings, 'host' | 'port' | 'security' | 'username' | 'passwordSet' | 'from'> & {
  source: MailSettings['source'];
};

const routes = {
  first: { save: saveMailSettings, forget: removeMailSettings },
  spare: { save: saveSpareMailServer, forget: removeSpareMailServer },
};

/** One of the two servers by which mail leaves; `mail` is what is known of it. */
export function MailForm({ mail, server }: { mail: Known; server: MailServer }) {
  const save = useAct(routes[server].save, { touches });
  const forget = useAct(routes[server].forget, { touches, onDone: () => toast({ text: 'Mail server forgotten' }) });
  const security: MailSecurity = mail.security ?? 'starttls';
  const form = useForm({
    initial: {
      host: mail.host ?? '',
      port: String(mail.port ?? usualPort[security]),
      security,
      username: mail.username ?? '',
      password: '',
      from: mail.from ?? '',
    },
    submit: async ({ host, port, security, username, password, from }) => {
      await save.mutateAsync({
        body: {
          host,
          port: Number(port),
          security,
          from,
          ...(username === '' ? {} : { username }),
          ...(password === '' ? {} : { password }),
        },
      });
      toast({ text: 'Mail server saved; send a test to be sure' });
    },
  });
  return (
    <Panel className="p-4">
      <form noValidate onSubmit={form.onSubmit} className="grid gap-4 sm:grid-cols-6">
        <Field label="Server" error={form.error('host')} className="sm:col-span-3">
          <Input {...form.text('host')} placeholder="smtp.example.org" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field label="Encryption" error={form.error('security')} className="sm:col-span-2">
          <Select
            {...form.text('security')}
            onChange={(event) => {
              form.text('security').onChange(event);
              const next = event.target.value;
              if (isUsual(form.values.port) && isSecurity(next)) form.set('port', usualPort[next]);
            }}
          >
            <option value="starttls">STARTTLS</option>
            <option value="tls">TLS from the start</option>
            <option value="if-offered">STARTTLS if offered</option>
            <option value="none">None (relay next door)</option>
          </Select>
        </Field>
        <Field label="Port" error={form.error('port')}>
          <Input {...form.text('port')} inputMode="numeric" />
        </Field>
        <Field label="User" aside="optional" error={form.error('username')} className="sm:col-span-3">
          <Input {...form.text('username')} autoComplete="off" autoCapitalize="none" />
        </Field>
        <Field
          label="Password"
          aside={mail.passwordSet ? 'stored; empty keeps it' : 'optional'}
          error={form.error('password')}
          className="sm:col-span-3"
        >
          <Input {...form.text('password')} type="password" autoComplete="new-password" />
        </Field>
        <Field label="Sender" hint="Who the mails are from." error={form.error('from')} className="sm:col-span-6">
          <Input {...form.text('from')} placeholder="Acme alerts <alerts@example.org>" />
        </Field>
        <div className="sm:col-span-6">
          <AllowSuggestion problem={form.problem} act="save" onAllowed={form.send} />
        </div>
        <ErrorNote error={form.problem ?? forget.error} shown={form.fields} className="sm:col-span-6" />
        <div className="flex gap-2 sm:col-span-6">
          <Button type="submit" variant="primary" busy={form.busy}>
            Save
          </Button>
          {mail.source === 'screen' ? (
            <Button busy={forget.isPending} onClick={() => forget.mutate({})}>
              Forget these settings
            </Button>
          ) : null}
        </div>
      </form>
    </Panel>
  );
}
