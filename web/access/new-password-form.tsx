import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** One new password, for the reset link. */
export function NewPasswordForm({ email, onSave }: { email: string; onSave: (password: string) => Promise<void> }) {
  const form = useForm({ initial: { password: '' }, submit: ({ password }) => onSave(password) });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label="New password" hint="At least 8 characters." error={form.error('password')}>
        <Input {...form.text('password')} type="password" autoComplete="new-password" autoFocus />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} />
      <Button type="submit" variant="primary" busy={form.busy}>
        Save and sign in
      </Button>
    </form>
  );
}
