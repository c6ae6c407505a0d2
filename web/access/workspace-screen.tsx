import { updateCurrentWorkspace } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Page, Panel } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { BusinessHoursField } from './business-hours-field.tsx';
import { TimeZoneSelect } from './time-zone-select.tsx';

export function WorkspaceScreen() {
  const { workspace } = useSession();
  const save = useAct(updateCurrentWorkspace, { touches: ['settings'] });
  const form = useForm({
    initial: { name: workspace.name, timeZone: workspace.timeZone, businessHours: workspace.businessHours },
    submit: async (body) => {
      await save.mutateAsync({ body });
      toast({ text: 'Workspace saved' });
    },
  });
  return (
    <Page title="Name and hours" narrow>
      <Panel className="p-4">
        <form noValidate onSubmit={form.onSubmit} className="grid gap-4">
          <Field label="Workspace" hint="The public status page carries it." error={form.error('name')}>
            <Input {...form.text('name')} />
          </Field>
          <Field label="Time zone" hint="Business hours and public times are in it." error={form.error('timeZone')}>
            <TimeZoneSelect value={form.values.timeZone} onChange={(zone) => form.set('timeZone', zone)} />
          </Field>
          <BusinessHoursField
            value={form.values.businessHours}
            onChange={(value) => form.set('businessHours', value)}
            error={form.error('businessHours')}
          />
          <ErrorNote error={form.problem} shown={form.fields} />
          <div>
            <Button type="submit" variant="primary" busy={form.busy}>
              Save workspace
            </Button>
          </div>
        </form>
      </Panel>
    </Page>
  );
}
