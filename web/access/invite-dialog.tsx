import { createInvite } from '#access/contract';
import type { AccessRole } from '#kernel/actor.ts';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { RadioCards } from '../ui/choice.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { accessRoles } from './roles.ts';

/** Makes an invite link; with an address it is mailed as well. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const invite = useAct(createInvite, { touches: ['members'] });
  const initial: { email: string; role: AccessRole } = { email: '', role: 'member' };
  const form = useForm({
    initial,
    submit: ({ email, role }) =>
      invite.mutateAsync({ body: { role, ...(email.trim() === '' ? {} : { email: email.trim() }) } }),
  });
  if (invite.data !== undefined) {
    const { url, email } = invite.data;
    return (
      <Dialog
        open
        onOpenChange={onClose}
        size="sm"
        title="The invite is ready"
        description={`${email === null ? 'Send this link' : `It was mailed to ${email}; you can also send this link yourself`}. Shown this once; it works for 7 days and for one person.`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <CopyLine label="Invite link" text={url} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Invite a person"
      onSubmit={form.onSubmit}
      footer={<FormActs act="Make the link" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field
          label="Email"
          aside="optional"
          hint="Without one you get a link to send yourself."
          error={form.error('email')}
        >
          <Input {...form.text('email')} type="email" autoComplete="off" />
        </Field>
        <RadioCards
          legend="Access role"
          value={form.values.role}
          onChange={(role) => form.set('role', role)}
          options={accessRoles
            .filter(({ value }) => value !== 'owner' || user.role === 'owner')
            .map(({ value, name, detail }) => ({ value, title: name, detail }))}
        />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
