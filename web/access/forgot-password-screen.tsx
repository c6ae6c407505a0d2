import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { requestPasswordReset } from '#access/contract';
import { Bare } from '../app/bare.tsx';
import { api } from '../data/api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { useForm } from '../ui/use-form.ts';

export function ForgotPasswordScreen() {
  const [asked, setAsked] = useState(false);
  const form = useForm({
    initial: { email: '' },
    submit: async ({ email }) => {
      await api.call(requestPasswordReset, { body: { email: email.trim() } });
      setAsked(true);
    },
  });
  return (
    <Bare title="Forgot your password?" intro="We mail a link with which you set a new one. It works for 24 hours.">
      {asked ? (
        <Note tone="ok" role="status">
          If {form.values.email} belongs to somebody here, the mail is on its way. Nothing arrives? An admin can make a
          link for you under Settings, People.
        </Note>
      ) : (
        <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
          <Field label="Email" error={form.error('email')}>
            <Input {...form.text('email')} type="email" autoComplete="username" autoFocus />
          </Field>
          <ErrorNote error={form.problem} shown={form.fields} />
          <Button type="submit" variant="primary" busy={form.busy}>
            Send the link
          </Button>
        </form>
      )}
      <p className="mt-6">
        <Link to="/sign-in" className={textLink}>
          Back to sign-in
        </Link>
      </p>
    </Bare>
  );
}
