import { addSubscriber, type StatusPageView } from '#communicate/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

/** Asks an address whether it wants to be told; nothing else is sent before it says yes. */
export function InviteSubscriber({ page }: { page: StatusPageView }) {
  const invite = useAct(addSubscriber, { touches: ['subscribers'] });
  const form = useForm({
    initial: { email: '' },
    refuse: ({ email }) => (email.trim() === '' ? { email: 'Enter an address.' } : {}),
    submit: async ({ email }) => {
      await invite.mutateAsync({ params: { id: page.id }, body: { email } });
      toast({ text: `${email} is asked to confirm` });
      form.reset({ email: '' });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-2">
      <Field
        label="Invite an address"
        hint="It gets one question; only when it says yes does it hear of incidents."
        error={form.error('email')}
      >
        <span className="flex gap-2">
          <Input {...form.text('email')} type="email" autoComplete="off" placeholder="customer@example.org" />
          <Button type="submit" busy={form.busy}>
            Invite
          </Button>
        </span>
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} />
    </form>
  );
}
