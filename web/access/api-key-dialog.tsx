import { createApiKey } from '#access/contract';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { CopyBlock, CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { accessRoles } from './roles.ts';

const rank = ['viewer', 'member', 'admin', 'owner'];
const lifetimes = { never: undefined, month: 30, quarter: 90, year: 365 };
const initial = {
  name: '',
  role: 'member' as keyof typeof grade,
  readOnly: false,
  lifetime: 'year' as keyof typeof lifetimes,
};
const grade = { viewer: 0, member: 1, admin: 2, owner: 3 };

function expiry(lifetime: keyof typeof lifetimes): { expiresAt?: string } {
  const days = lifetimes[lifetime];
  return days === undefined ? {} : { expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() };
}

export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const create = useAct(createApiKey, { touches: ['settings'] });
  const form = useForm({
    initial: { ...initial, role: grade[user.role] < grade.member ? user.role : initial.role },
    submit: ({ name, role, readOnly, lifetime }) =>
      create.mutateAsync({
        body: { name, role, scopes: readOnly ? ['read'] : ['read', 'write'], ...expiry(lifetime) },
      }),
  });
  if (create.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        size="sm"
        title={`The key “${create.data.name}”`}
        description="Copy it now: it is shown this once and stored only as a hash."
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <div className="grid gap-4">
          <CopyLine label="API key" text={create.data.key} />
          <div className="grid gap-1.5">
            <p className="text-sm text-muted">For the command line, in a shell:</p>
            <CopyBlock
              label="Settings for the command line"
              text={`export ALLCLEAR_URL=${location.origin}\nexport ALLCLEAR_API_KEY=${create.data.key}`}
            />
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Make an API key"
      onSubmit={form.onSubmit}
      footer={<FormActs act="Make the key" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" hint="What will use it" error={form.error('name')}>
          <Input {...form.text('name')} placeholder="deploy script" />
        </Field>
        <Field label="Access role" error={form.error('role')}>
          <Select {...form.text('role')}>
            {accessRoles
              .filter(({ value }) => grade[value] <= grade[user.role])
              .sort((a, b) => rank.indexOf(a.value) - rank.indexOf(b.value))
              .map(({ value, name, detail }) => (
                <option key={value} value={value}>
                  {name}: {detail.toLowerCase()}
                </option>
              ))}
          </Select>
        </Field>
        <Field label="Expires">
          <Select {...form.text('lifetime')}>
            <option value="month">in 30 days</option>
            <option value="quarter">in 90 days</option>
            <option value="year">in a year</option>
            <option value="never">never</option>
          </Select>
        </Field>
        <Checkbox {...form.check('readOnly')} label="Read only" />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
