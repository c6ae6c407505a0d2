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
export function ConfigTrial({
  files,
  known = {},
}: {
  files: readonly ConfigFile[];
  /** Values of variables that are known already. */
  known?: Readonly<Record<string, string>>;
}) {
  const mayManage = useMay('monitors.manage');
  const names = variablesIn(files);
  const [values, setValues] = useState(known);
  const [done, setDone] = useState<ConfigPlan | null>(null);
  const plan = useAct(planConfig, { onDone: () => setDone(null) });
  const variables = Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
  const body = { files: [...files], variables };
  const asked = names.filter((name) => known[name] === undefined);
  const change = (name: string, value: string) => {
    setValues({ ...values, [name]: value });
    // A plan is of the values that it was made with.
    plan.reset();
  };
  if (!mayManage) return null;
  const shown = done ?? plan.data;
  return (
    <div className="grid gap-6">
      <div className="grid gap-4">
        <Variables names={asked} values={values} onChange={change} />
        {asked.length === names.length ? null : (
          <details>
            <summary className="w-fit text-muted hover:text-text">
              {plural(names.length - asked.length, 'secret')} that came along
            </summary>
            <div className="mt-2 grid gap-4">
              <Variables names={names.filter((name) => known[name] !== undefined)} values={values} onChange={change} />
            </div>
          </details>
        )}
        <ErrorNote error={plan.error} />
        <div>
          <Button
            variant={plan.data === undefined ? 'primary' : 'secondary'}
            busy={plan.isPending}
            disabled={files.length === 0 || names.some((name) => (values[name] ?? '') === '')}
            onClick={() => plan.mutate({ body })}
          >
            Show what would change
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

function Variables({
  names,
  values,
  onChange,
}: {
  names: readonly string[];
  values: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}) {
  return names.map((name) => (
    <Field
      key={name}
      label={<code className="font-mono text-xs break-all">{name}</code>}
      hint="What the files say ${…} for."
    >
      <Input
        type="password"
        autoComplete="off"
        value={values[name] ?? ''}
        onChange={({ target }) => onChange(name, target.value)}
      />
    </Field>
  ));
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
