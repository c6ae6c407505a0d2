import { testMailSettings } from '#delivery/contract';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';

export function MailTest({ hasSpare }: { hasSpare: boolean }) {
  const { user } = useSession();
  const test = useAct(testMailSettings, { touches: ['settings', 'deliveries'] });
  const form = useForm({
    initial: { to: user.email, by: '' },
    submit: ({ to, by }) =>
      test.mutateAsync({
        body: { to: to.trim(), ...(by === 'first' || by === 'spare' ? { server: by } : {}) },
      }),
  });
  return (
    <Panel className="p-4">
      <form noValidate onSubmit={form.onSubmit} className="flex flex-wrap items-end gap-3">
        <Field label="To" error={form.error('to')} className="min-w-60 flex-1">
          <Input {...form.text('to')} type="email" />
        </Field>
        {hasSpare ? (
          <Field label="By">
            <Select {...form.text('by')}>
              <option value="">as every mail goes</option>
              <option value="first">the first server</option>
              <option value="spare">the second server</option>
            </Select>
          </Field>
        ) : null}
        <Button type="submit" busy={form.busy}>
          Send test
        </Button>
        <div className="basis-full empty:hidden">
          <ErrorNote error={form.problem} shown={form.fields} />
          {test.data === undefined ? null : (
            <Note tone={test.data.ok ? 'ok' : 'bad'} role="status">
              <p>{test.data.message}</p>
              {test.data.hint === null ? null : <p className="mt-1">{test.data.hint}</p>}
            </Note>
          )}
        </div>
      </form>
    </Panel>
  );
}
