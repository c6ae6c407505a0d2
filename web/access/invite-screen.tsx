import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { acceptInvite, readInviteLink } from '#access/contract';
import type { RouteResult } from '#kernel/route.ts';
import { Bare } from '../app/bare.tsx';
import { api } from '../data/api.ts';
import { useRead } from '../data/query.ts';
import { signIn } from '../data/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNote, sentenceOf } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';
import { useForm } from '../ui/use-form.ts';
import { roleName } from './roles.ts';
import { browserTimeZone, TimeZoneSelect } from './time-zone-select.tsx';

/** Where an invite link leads: a name and a password, and you are in. */
export function InviteScreen() {
  const { token } = useParams({ from: '/invite/$token' });
  const offer = useRead(readInviteLink, { params: { token } }, []);
  if (offer.error !== null) {
    return (
      <Bare title="This invite does not work" intro={`${sentenceOf(offer.error)} Ask for a new one.`}>
        <Link to="/sign-in" className={buttonClass()}>
          Go to sign-in
        </Link>
      </Bare>
    );
  }
  if (offer.data === undefined) {
    return (
      <Bare title="Your invite">
        <LoadingRows rows={3} />
      </Bare>
    );
  }
  const { workspaceName, invitedByName, role } = offer.data;
  return (
    <Bare title={`Join ${workspaceName}`} intro={`${invitedByName} invites you as ${roleName(role).toLowerCase()}.`}>
      <AcceptForm token={token} offer={offer.data} />
    </Bare>
  );
}

function AcceptForm({ token, offer }: { token: string; offer: RouteResult<typeof readInviteLink> }) {
  const navigate = useNavigate();
  const form = useForm({
    initial: { name: offer.name ?? '', email: offer.email ?? '', password: '', timeZone: browserTimeZone() },
    submit: async ({ name, email, password, timeZone }) => {
      const joined = await api.call(acceptInvite, {
        params: { token },
        body: { name, password, timeZone, ...mailedProof(), ...(email.trim() === '' ? {} : { email: email.trim() }) },
      });
      await signIn(joined.email, password);
      await navigate({ to: '/' });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <Field label="Your name" error={form.error('name')}>
        <Input {...form.text('name')} autoComplete="name" autoFocus />
      </Field>
      <Field label="Email" hint="You sign in with it." error={form.error('email')}>
        <Input {...form.text('email')} type="email" autoComplete="username" readOnly={offer.email !== null} />
      </Field>
      <Field label="Password" hint="At least 8 characters." error={form.error('password')}>
        <Input {...form.text('password')} type="password" autoComplete="new-password" />
      </Field>
      <Field label="Time zone" error={form.error('timeZone')}>
        <TimeZoneSelect value={form.values.timeZone} onChange={(zone) => form.set('timeZone', zone)} />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} />
      <Button type="submit" variant="primary" busy={form.busy}>
        Join
      </Button>
    </form>
  );
}

/** What only the link in the mail carries: who comes by it has proved the address. */
function mailedProof(): { mailed?: string } {
  const mailed = new URLSearchParams(window.location.hash.slice(1)).get('mailed');
  return mailed === null ? {} : { mailed };
}
