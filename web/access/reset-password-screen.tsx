import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { completePasswordReset, readPasswordReset } from '#access/contract';
import { Bare } from '../app/bare.tsx';
import { api } from '../data/api.ts';
import { useRead } from '../data/query.ts';
import { signIn } from '../data/session.ts';
import { buttonClass } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { NewPasswordForm } from './new-password-form.tsx';

/** Where a reset link leads. */
export function ResetPasswordScreen() {
  const { token } = useParams({ from: '/reset-password/$token' });
  const navigate = useNavigate();
  const reset = useRead(readPasswordReset, { params: { token } }, []);
  if (reset.error !== null) {
    return (
      <Bare title="This link does not work" intro={sentenceOf(reset.error)}>
        <Link to="/forgot-password" className={buttonClass('primary')}>
          Ask for a new link
        </Link>
      </Bare>
    );
  }
  return (
    <Bare
      title="Set a new password"
      intro={reset.data === undefined ? undefined : `For ${reset.data.email}. Every other session ends.`}
    >
      <Loaded read={reset} rows={2}>
        {({ email }) => (
          <NewPasswordForm
            email={email}
            onSave={async (password) => {
              await api.call(completePasswordReset, { params: { token }, body: { password } });
              await signIn(email, password);
              await navigate({ to: '/' });
            }}
          />
        )}
      </Loaded>
    </Bare>
  );
}
