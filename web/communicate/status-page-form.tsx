import { changeStatusPage, type StatusPageView } from '#communicate/contract';
import { TimeZoneSelect } from '../access/time-zone-select.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';

/** Name, address and zone. A new address ends the old one, and says so before it is saved. */
export function StatusPageForm({ page }: { page: StatusPageView }) {
  const change = useAct(changeStatusPage, { touches: ['status-pages'] });
  const form = useForm({
    initial: { name: page.name, slug: page.slug, timeZone: page.timeZone },
    submit: async (body) => {
      await change.mutateAsync({ params: { id: page.id }, body });
      toast({ text: 'Saved' });
    },
  });
  const { name, slug, timeZone } = form.values;
  const moved = slug !== page.slug;
  const changed = moved || name !== page.name || timeZone !== page.timeZone;
  return (
    <Section title="Name and address">
      <Panel className="p-4">
        <form noValidate onSubmit={form.onSubmit} className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" hint="Stands on top of the page" error={form.error('name')}>
            <Input {...form.text('name')} dir="auto" />
          </Field>
          <Field
            label="Address"
            hint={
              moved
                ? `The old address /s/${page.slug} stops working at once, with its feeds and badge.`
                : 'Small letters, digits and dashes'
            }
            error={form.error('slug')}
          >
            <Input {...form.text('slug')} mono autoCapitalize="none" spellCheck={false} />
          </Field>
          <Field label="Time zone" hint="All times on the page, UTC beside them" error={form.error('timeZone')}>
            <TimeZoneSelect value={timeZone} onChange={(zone) => form.set('timeZone', zone)} />
          </Field>
          <div className="flex items-end justify-end sm:pb-5">
            <Button type="submit" variant="primary" busy={form.busy} disabled={!changed}>
              Save
            </Button>
          </div>
          <ErrorNote error={form.problem} shown={form.fields} className="sm:col-span-2" />
        </form>
      </Panel>
    </Section>
  );
}
