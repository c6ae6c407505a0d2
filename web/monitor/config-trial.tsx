import { useState } from 'react';
import { applyConfig, type ConfigFile, type ConfigPlan, planConfig } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';
import { ConfigPlanView } from './config-plan-view.tsx';
import { variablesIn } from './config-words.ts';

/** Asks what files would change, shows it, and carries it out. Key it by the files: a plan is of these alone. */
export function ConfigTrial({ files }: { files: readonly ConfigFile[] }) {
  const mayManage = useMay('monitors.manage');
  const names = variablesIn(files);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [done, setDone] = useState<ConfigPlan | null>(null);
  const plan = useAct(planConfig, { onDone: () => setDone(null) });
  const variables = Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
  const body = { files: [...files], variables };
  if (!mayManage) return null;
  const shown = done ?? plan.data;
  return (
    <div className="grid gap-6">
      <div className="grid gap-4">
        {names.map((name) => (
          <Field
            key={name}
            label={<code className="font-mono text-xs">{name}</code>}
            hint="What the files say ${…} for."
          >
            <Input
              type="password"
              autoComplete="off"
              value={values[name] ?? ''}
              onChange={({ target }) => {
                setValues({ ...values, [name]: target.value });
                // A plan is of the values that it was made with.
                plan.reset();
              }}
            />
          </Field>
        ))}
        <ErrorNote error={plan.error} />
        <div>
          <Button
            variant={plan.data === undefined ? 'primary' : 'secondary'}
            busy={plan.isPending}
            disabled={files.length === 0 || names.some((name) => (values[name] ?? '') === '')}
            onClick={() => plan.mutate({ body })}
          >
            Show the plan
          </Button>
        </div>
      </div>
      {shown === undefined ? null : (
        <>
          <ConfigPlanView plan={shown} applied={done !== null} />
          {done === null ? <Apply plan={shown} body={body} onDone={setDone} /> : null}
        </>
      )}
    </div>
  );
}

function Apply({
  plan: { counts, fingerprint },
  body,
  onDone,
}: {
  plan: ConfigPlan;
  body: { files: ConfigFile[]; variables: Record<string, string> };
  onDone: (done: ConfigPlan) => void;
}) {
  const [asking, setAsking] = useState(false);
  const apply = useAct(applyConfig, {
    touches: ['monitors', 'slos', 'maintenance'],
    onDone: (done) => {
      setAsking(false);
      toast({ text: 'The files are applied' });
      onDone(done);
    },
  });
  if (counts.add + counts.change + counts.remove + counts.adopted === 0) return null;
  return (
    <div>
      <Button variant="primary" onClick={() => setAsking(true)}>
        Carry it out
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        danger={counts.remove > 0}
        title="Carry out this plan?"
        consequence={`${plural(counts.add, 'thing')} to add, ${counts.change} to change, all or nothing.${counts.remove === 0 ? '' : ` ${plural(counts.remove, 'thing')} ${counts.remove === 1 ? 'is' : 'are'} removed.`}`}
        act={counts.remove === 0 ? 'Carry it out' : `Remove ${counts.remove} and carry it out`}
        busy={apply.isPending}
        error={apply.error}
        onConfirm={() => apply.mutate({ body: { ...body, fingerprint } })}
      />
    </div>
  );
}
