import { useNavigate } from '@tanstack/react-router';
import { declareIncidentRoute, readSeverityPolicyRoute, type Severity, type SeverityLevel } from '#declare/contract';
import { type DeclarePrefill, askToDeclare } from '../app/declare-slot.ts';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { SeverityCards } from './severity-cards.tsx';
import { consequencesOf } from './severity-words.ts';

/** A title is enough; the criteria stand where the severity is chosen, and what follows is said before the act. */
export function DeclareDialog({ prefill }: { prefill: DeclarePrefill }) {
  const policy = useRead(readSeverityPolicyRoute, {}, ['policies']);
  const navigate = useNavigate();
  const close = () => askToDeclare(undefined);
  const declare = useAct(declareIncidentRoute, {
    touches: ['incidents', 'alerts', 'pages', 'promises'],
    onDone: (incident) => {
      close();
      void navigate({ to: '/incidents/$incidentId', params: { incidentId: incident.id } });
    },
  });
  const form = useForm({
    initial: {
      title: prefill.title ?? '',
      severity: '' as Severity | '',
      customerFacing: true,
      drill: prefill.drill === true,
    },
    submit: ({ title, severity, customerFacing, drill }) =>
      declare.mutateAsync({
        body: {
          title,
          customerFacing,
          kind: drill ? 'drill' : 'real',
          ...(severity === '' ? {} : { severity }),
          ...(prefill.alertIds === undefined ? {} : { alertIds: prefill.alertIds }),
          ...(prefill.serviceIds === undefined ? {} : { serviceIds: prefill.serviceIds }),
        },
      }),
  });
  const level = policy.data?.levels.find(
    ({ severity }) => severity === (form.values.severity === '' ? policy.data.defaultSeverity : form.values.severity),
  );
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Declare an incident"
      description="If in doubt, declare, and pick the higher severity. A false alarm is one click and nobody minds."
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            {form.values.drill ? 'Declare the drill' : 'Declare'}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="What is wrong?" hint="What people notice, not the cause" error={form.error('title')}>
          <Input autoFocus placeholder="Checkout fails for some customers" {...form.text('title')} />
        </Field>
        <SeverityCards
          policy={policy.data}
          value={form.values.severity}
          onChange={(severity) => form.set('severity', severity)}
        />
        <div className="grid gap-2">
          <Checkbox
            {...form.check('customerFacing')}
            label="Customers notice it"
            hint="Starts the clocks for public updates"
          />
          {prefill.drill === true ? null : (
            <Checkbox
              {...form.check('drill')}
              label="This is a drill"
              hint="Marked everywhere, never public, in no figure"
            />
          )}
        </div>
        {level === undefined ? null : (
          <Consequences
            level={level}
            customerFacing={form.values.customerFacing}
            drill={form.values.drill}
            linked={(prefill.alertIds?.length ?? 0) > 0}
          />
        )}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

function Consequences(props: { level: SeverityLevel; customerFacing: boolean; drill: boolean; linked: boolean }) {
  return (
    <div className="rounded-control bg-sunken px-3 py-2 text-xs">
      <p className="font-medium">Declaring will</p>
      <ul className="mt-1 list-disc pl-4 text-muted">
        {consequencesOf(props).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
