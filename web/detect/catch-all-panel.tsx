import { type RoutingView, saveRouting } from '#detect/contract';
import { listEscalationPolicies } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { Panel, Section } from '../ui/panel.tsx';

const CLOCKS = [
  { seconds: 900, label: '15 minutes' },
  { seconds: 3_600, label: '1 hour' },
  { seconds: 14_400, label: '4 hours' },
  { seconds: 86_400, label: '1 day' },
];

/** Nothing is without an owner: who has what no route takes and what has no service; and the clock of all warnings. */
export function CatchAllPanel({ routing, mayManage }: { routing: RoutingView; mayManage: boolean }) {
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']);
  const save = useAct(saveRouting, { touches: ['settings'], onDone: () => toast({ text: 'Catch-all saved' }) });
  const { version, routes, catchAll } = routing;
  const change = (part: Partial<RoutingView['catchAll']>) =>
    save.mutate({ body: { version, routes, catchAll: { ...catchAll, ...part } } });
  const known = CLOCKS.some(({ seconds }) => seconds === catchAll.clockSeconds);
  return (
    <Section title="Everything else">
      <Panel className="grid gap-4 p-4 sm:grid-cols-2">
        <Field label="Owner" hint="Of alerts that no route takes and that have no service.">
          <Select
            value={catchAll.policyId ?? ''}
            disabled={!mayManage || save.isPending}
            onChange={({ target }) => change({ policyId: target.value || null })}
          >
            <option value="">The default escalation policy</option>
            {policies.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Warnings ask their owner after"
          hint="When nobody has looked at them: those of a service, and of a route that says no urgency, too. Graver ones page at once."
        >
          <Select
            value={String(catchAll.clockSeconds)}
            disabled={!mayManage || save.isPending}
            onChange={({ target }) => change({ clockSeconds: Number(target.value) })}
          >
            {known ? null : <option value={catchAll.clockSeconds}>{catchAll.clockSeconds} s</option>}
            {CLOCKS.map(({ seconds, label }) => (
              <option key={seconds} value={seconds}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <ErrorNote error={save.error} />
      </Panel>
    </Section>
  );
}
