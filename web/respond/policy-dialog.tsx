import Plus from 'lucide-react/icons/plus';
import { changeEscalationPolicy, createEscalationPolicy, type EscalationPolicyView } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field, FieldError } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { draftOf, documentOf, emptyStep, type PolicyDraft } from './policy-draft.ts';
import { PolicyEndField } from './policy-end-field.tsx';
import { PolicyStepField } from './policy-step-field.tsx';

const mostSteps = 10;

/** Writes a new policy, or a new version of one. Pages that run keep the version they began with. */
export function PolicyDialog({ policy, onClose }: { policy?: EscalationPolicyView; onClose: () => void }) {
  const { user } = useSession();
  const touches = ['policies'];
  const create = useAct(createEscalationPolicy, { touches });
  const change = useAct(changeEscalationPolicy, { touches });
  const form = useForm<PolicyDraft>({
    initial: draftOf(policy, user.id),
    refuse: ({ name, steps }) => ({
      ...(name.trim() === '' ? { name: 'Give it a name.' } : {}),
      ...(steps.every(({ targets }) => targets.every(({ kind }) => kind === 'channel'))
        ? { steps: 'Name at least one person or team.' }
        : {}),
    }),
    submit: async (draft) => {
      const { name } = draft;
      const body = documentOf(draft);
      if (policy === undefined) await create.mutateAsync({ body });
      else await change.mutateAsync({ params: { id: policy.id }, body: { ...body, version: policy.version } });
      toast({ text: policy === undefined ? `${name} is added` : `${name}: version ${policy.version + 1} from now on` });
      onClose();
    },
  });
  const { steps } = form.values;
  const move = (from: number, to: number) => {
    const next = [...steps];
    const [step] = next.splice(from, 1);
    if (step !== undefined) next.splice(to, 0, step);
    form.set('steps', next);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={policy === undefined ? 'Add an escalation policy' : `Edit ${policy.name}`}
      description="A step asks when it begins. Without an answer the next step begins."
      onSubmit={form.onSubmit}
      footer={
        <FormActs
          act={policy === undefined ? 'Add the policy' : 'Save as a new version'}
          busy={form.busy}
          onCancel={onClose}
        />
      }
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} placeholder="Payments" />
        </Field>
        <ol className="grid gap-3">
          {steps.map((step, index) => (
            <PolicyStepField
              key={index}
              number={index + 1}
              step={step}
              onChange={(next) => form.set('steps', steps.with(index, next))}
              onUp={index === 0 ? undefined : () => move(index, index - 1)}
              onDown={index === steps.length - 1 ? undefined : () => move(index, index + 1)}
              onRemove={steps.length === 1 ? undefined : () => form.set('steps', steps.toSpliced(index, 1))}
            />
          ))}
        </ol>
        {form.error('steps') === undefined ? null : <FieldError>{form.error('steps')}</FieldError>}
        <div>
          <Button
            icon={<Plus size={14} aria-hidden="true" />}
            disabled={steps.length >= mostSteps}
            onClick={() => form.set('steps', [...steps, emptyStep])}
          >
            Add a step
          </Button>
        </div>
        <PolicyEndField draft={form.values} onChange={form.set} />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
