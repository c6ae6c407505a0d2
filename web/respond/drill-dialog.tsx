import { listEscalationPolicies, listSchedules, startDrillRoute } from '#respond/contract';
import type { RouteArguments } from '#kernel/route.ts';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';

type Of = RouteArguments<typeof startDrillRoute>['body']['of'];

function ofChoice(choice: string): Of {
  if (choice.startsWith('sch_')) return { kind: 'schedule', scheduleId: choice };
  if (choice.startsWith('epo_')) return { kind: 'policy', policyId: choice };
  if (choice.startsWith('usr_')) return { kind: 'people', userIds: [choice] };
  return { kind: 'on-call' };
}

/** Sends a test page to others, after saying what happens to them. */
export function DrillDialog({ onClose }: { onClose: () => void }) {
  const people = (useMembers().data?.items ?? []).filter(({ active, role }) => active && role !== 'viewer');
  const schedules = useRead(listSchedules, { query: { limit: 200 } }, ['schedules']).data?.items ?? [];
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']).data?.items ?? [];
  const start = useAct(startDrillRoute, { touches: ['drills', 'pages', 'coverage'] });
  const form = useForm({
    initial: { of: 'on-call' },
    submit: async ({ of }) => {
      await start.mutateAsync({ body: { of: ofChoice(of) } });
      toast({ text: 'The drill runs' });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Run a drill"
      description="It rings for real, by each person’s own rules for high urgency, and says that it is a drill. Nobody else is asked; it ends by itself after 15 minutes."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Ring them" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Whom" error={form.error('of')}>
          <Select {...form.text('of')}>
            <option value="on-call">everybody who is on call now</option>
            {schedules.length === 0 ? null : (
              <optgroup label="On call now by">
                {schedules.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label="Everybody in the policy">
              {policies.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
            <optgroup label="One person">
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          </Select>
        </Field>
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
