import { Link, useNavigate } from '@tanstack/react-router';
import { completeSetup, DEFAULT_BUSINESS_HOURS, readSetup } from '#access/contract';
import { Bare } from '../app/bare.tsx';
import { api } from '../data/api.ts';
import { useRead } from '../data/query.ts';
import { signIn } from '../data/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { type BusinessHours, BusinessHoursField } from './business-hours-field.tsx';
import { browserTimeZone, TimeZoneSelect } from './time-zone-select.tsx';

/** The first visit: one short form, then the dashboard. */
export function SetupScreen() {
  const setup = useRead(readSetup, {}, []);
  if (setup.data?.open === false) {
    return (
      <Bare title="Allclear is set up already" intro="It has an owner. Ask them for an invite, or sign in.">
        <Link to="/sign-in" className={buttonClass('primary')}>
          Sign in
        </Link>
      </Bare>
    );
  }
  return (
    <Bare title="Welcome. Who runs this Allclear?" intro="You become its owner. Everything here can be changed later.">
      <ErrorNote error={setup.error} onRetry={() => void setup.refetch()} className="mb-4" />
      <SetupForm needsCode={setup.data?.needsCode === true} />
    </Bare>
  );
}

function SetupForm({ needsCode }: { needsCode: boolean }) {
  const navigate = useNavigate();
  const hours: BusinessHours = { ...DEFAULT_BUSINESS_HOURS, days: [...DEFAULT_BUSINESS_HOURS.days] };
  const form = useForm({
    initial: {
      name: '',
      email: '',
      password: '',
      workspaceName: '',
      timeZone: browserTimeZone(),
      businessHours: hours,
      setupCode: '',
    },
    submit: async ({ setupCode, ...values }) => {
      await api.call(completeSetup, { body: needsCode ? { ...values, setupCode } : values });
      await signIn(values.email.trim(), values.password);
      await navigate({ to: '/' });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
      {needsCode ? (
        <Field
          label="Setup code"
          hint="It stands in what the server prints when it starts, such as 1a2b-3c4d-5e6f-7a8b."
          error={form.error('setupCode')}
        >
          <Input {...form.text('setupCode')} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Field>
      ) : null}
      <Field label="Your name" error={form.error('name')}>
        <Input {...form.text('name')} autoComplete="name" autoFocus />
      </Field>
      <Field label="Email" hint="You sign in with it." error={form.error('email')}>
        <Input {...form.text('email')} type="email" autoComplete="username" />
      </Field>
      <Field label="Password" hint="At least 8 characters." error={form.error('password')}>
        <Input {...form.text('password')} type="password" autoComplete="new-password" />
      </Field>
      <Field
        label="Workspace"
        hint="Your company or team; the public status page carries it."
        error={form.error('workspaceName')}
      >
        <Input {...form.text('workspaceName')} autoComplete="organization" />
      </Field>
      <Field label="Time zone" error={form.error('timeZone')}>
        <TimeZoneSelect value={form.values.timeZone} onChange={(zone) => form.set('timeZone', zone)} />
      </Field>
      <BusinessHoursField
        value={form.values.businessHours}
        onChange={(value) => form.set('businessHours', value)}
        error={form.error('businessHours')}
      />
      <ErrorNote error={form.problem} shown={form.fields} />
      <Button type="submit" variant="primary" busy={form.busy}>
        Create workspace
      </Button>
    </form>
  );
}
