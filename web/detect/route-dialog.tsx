import { useState } from 'react';
import { listServices } from '#monitor/contract';
import { listEscalationPolicies } from '#respond/contract';
import { useAll, useRead } from '../data/query.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { type Form, useForm } from '../ui/use-form.ts';
import { ConditionFields } from './condition-fields.tsx';
import { type RouteDraft, valuesIn } from './route-draft.ts';

/** One route: what it takes, and what happens outcome. */
export function RouteDialog({
  route,
  onClose,
  save,
}: {
  route: RouteDraft;
  onClose: () => void;
  save: (route: RouteDraft) => Promise<unknown>;
}) {
  const form = useForm({
    initial: { name: route.name, match: route.match, outcome: route.outcome },
    refuse: ({ name }) => (name.trim() === '' ? { name: 'Give it a name.' } : {}),
    submit: (values) => save({ ...route, ...values }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={route.id === undefined ? 'Add a route' : 'Change the route'}
      onSubmit={form.onSubmit}
      footer={<FormActs act="Save" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} dir="auto" placeholder="Databases at night" />
        </Field>
        <ConditionFields match={form.values.match} onChange={(match) => form.set('match', match)} />
        <OutcomeFields form={form} />
        <ErrorNote error={form.problem} />
      </div>
    </Dialog>
  );
}

type RouteForm = Form<{ name: string; match: RouteDraft['match']; outcome: RouteDraft['outcome'] }>;
type Declare = NonNullable<RouteDraft['outcome']['declare']>;

function OutcomeFields({ form }: { form: RouteForm }) {
  const services = useAll(listServices, {}, ['monitors']);
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']);
  const { outcome } = form.values;
  const set = (change: Partial<RouteDraft['outcome']>) => form.set('outcome', { ...outcome, ...change });
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 text-sm font-medium">Then</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="It belongs to">
          <Select value={outcome.serviceId ?? ''} onChange={({ target }) => set({ serviceId: target.value || null })}>
            <option value="">Its own service</option>
            {services.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Who is asked">
          <Select value={outcome.policyId ?? ''} onChange={({ target }) => set({ policyId: target.value || null })}>
            <option value="">As its service says</option>
            {policies.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="How loudly">
          <Select
            value={outcome.urgency ?? ''}
            onChange={({ target }) => set({ urgency: (target.value || null) as RouteDraft['outcome']['urgency'] })}
          >
            <option value="">By its severity</option>
            <option value="high">High: pages at once</option>
            <option value="low">Low: pages quietly</option>
            <option value="none">Pages nobody</option>
          </Select>
        </Field>
        <Field label="First wait" hint="What is over by then vanishes, and is counted.">
          <Select
            value={String(outcome.holdSeconds ?? '')}
            onChange={({ target }) => set({ holdSeconds: target.value === '' ? null : Number(target.value) })}
          >
            <option value="">No</option>
            {[60, 120, 300, 600, 900].map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds / 60} min
              </option>
            ))}
            {outcome.holdSeconds === null || [60, 120, 300, 600, 900].includes(outcome.holdSeconds) ? null : (
              <option value={outcome.holdSeconds}>{outcome.holdSeconds} s</option>
            )}
          </Select>
        </Field>
        <Field label="Ask as one" hint="With alerts that have the same of what is named, such as service, label:host.">
          <GroupInput group={outcome.group} onChange={(group) => set({ group })} />
        </Field>
        <Field label="Declare by itself">
          <Select
            value={outcome.declare?.state ?? ''}
            onChange={({ target }) =>
              set({
                declare:
                  target.value === ''
                    ? null
                    : { severity: outcome.declare?.severity ?? null, state: target.value as Declare['state'] },
              })
            }
          >
            <option value="">No</option>
            <option value="suspected">A suspected incident</option>
            <option value="active">An incident</option>
          </Select>
        </Field>
        {outcome.declare === null ? null : (
          <Field label="Its severity">
            <Select
              value={outcome.declare.severity ?? ''}
              onChange={({ target }) =>
                set({
                  declare: {
                    state: outcome.declare?.state ?? 'suspected',
                    severity: (target.value || null) as Declare['severity'],
                  },
                })
              }
            >
              <option value="">The policy’s default</option>
              {['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      <Checkbox
        label="Suppress it"
        hint="It stays visible under Quiet, and asks nobody."
        checked={outcome.suppress}
        onChange={({ target }) => set({ suppress: target.checked })}
      />
    </fieldset>
  );
}

const WINDOW_SECONDS = 600;

/** Keeps what is typed as it is typed; nothing typed means that each asks for itself. */
function GroupInput({
  group,
  onChange,
}: {
  group: RouteDraft['outcome']['group'];
  onChange: (group: RouteDraft['outcome']['group']) => void;
}) {
  const [text, setText] = useState(group?.by.join(', ') ?? '');
  return (
    <Input
      placeholder="Each for itself"
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        const by = valuesIn(target.value);
        onChange(by.length === 0 ? null : { by, windowSeconds: group?.windowSeconds ?? WINDOW_SECONDS });
      }}
    />
  );
}
