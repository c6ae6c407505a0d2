import { updateProfile } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { changePassword, useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { SessionList } from './session-list.tsx';
import { TimeZoneSelect } from './time-zone-select.tsx';

export function ProfileScreen() {
  return (
    <Page title="Profile and password" narrow>
      <div className="grid gap-8">
        <Section title="Profile">
          <ProfileForm />
        </Section>
        <Section title="Password">
          <PasswordForm />
        </Section>
        <Section title="Where you are signed in">
          <SessionList />
        </Section>
      </div>
    </Page>
  );
}

function ProfileForm() {
  const { user } = useSession();
  const save = useAct(updateProfile, { touches: ['members', 'settings'] });
  const form = useForm({
    initial: { name: user.name, timeZone: user.timeZone },
    submit: async (body) => {
      await save.mutateAsync({ body });
      toast({ text: 'Profile saved' });
    },
  });
  return (
    <Panel className="p-4">
      <form noValidate onSubmit={form.onSubmit} className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} autoComplete="name" />
        </Field>
        <Field label="Email" hint="An admin invites a new address if it changes.">
          <Input value={user.email} readOnly />
        </Field>
        <Field label="Your time zone" error={form.error('timeZone')}>
          <TimeZoneSelect value={form.values.timeZone} onChange={(zone) => form.set('timeZone', zone)} />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
        <div>
          <Button type="submit" variant="primary" busy={form.busy}>
            Save profile
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function PasswordForm() {
  const form = useForm({
    initial: { current: '', next: '' },
    refuse: ({ current, next }) => ({
      ...(current === '' ? { current: 'Type your present password' } : {}),
      ...(next.length < 8 ? { next: 'Must have at least 8 characters' } : {}),
    }),
    submit: async ({ current, next }) => {
      await changePassword(current, next);
      form.reset();
      toast({ text: 'Password changed; your other sessions have ended' });
    },
  });
  return (
    <Panel className="p-4">
      <form noValidate onSubmit={form.onSubmit} className="grid gap-4">
        <Field label="Present password" error={form.error('current')}>
          <Input {...form.text('current')} type="password" autoComplete="current-password" />
        </Field>
        <Field label="New password" hint="At least 8 characters. Your other sessions end." error={form.error('next')}>
          <Input {...form.text('next')} type="password" autoComplete="new-password" />
        </Field>
        <ErrorNote error={form.problem} />
        <div>
          <Button type="submit" busy={form.busy}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  );
}
