import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Bare } from '../app/bare.tsx';
import { signIn } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { useForm } from '../ui/use-form.ts';

export function SignInScreen() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  // While somebody types, the screen comes that they will see then.
  useEffect(() => {
    const [matchedRoutes] = router.getMatchedRoutes(new URL(next ?? '/', location.origin).pathname);
    for (const route of matchedRoutes) router.loadRouteChunk(route)?.catch(() => undefined);
  }, [router, next]);
  const form = useForm({
    initial: { email: '', password: '' },
    refuse: ({ email, password }) => ({
      ...(email.trim() === '' ? { email: 'Type your email address' } : {}),
      ...(password === '' ? { password: 'Type your password' } : {}),
    }),
    submit: async ({ email, password }) => {
      await signIn(email.trim(), password);
      await navigate({ href: next ?? '/' });
    },
  });
  return (
    <Bare title="Sign in">
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <Field label="Email" error={form.error('email')}>
          <Input {...form.text('email')} type="email" autoComplete="username" autoFocus />
        </Field>
        <Field label="Password" error={form.error('password')}>
          <Input {...form.text('password')} type="password" autoComplete="current-password" />
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
        <Button type="submit" variant="primary" busy={form.busy}>
          Sign in
        </Button>
        <Link to="/forgot-password" className={`self-start ${textLink}`}>
          Forgot your password?
        </Link>
      </form>
    </Bare>
  );
}
