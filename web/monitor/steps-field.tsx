import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FieldError } from '../ui/field.tsx';
import { freshStep, faultIn, moved, newKey, type StepDraft, type VariableDraft } from './step-draft.ts';
import { StepField } from './step-field.tsx';
import { VariablesField } from './variables-field.tsx';

type Faults = Readonly<Record<string, string>>;

/** The steps of a check, in their order, and the values that all of them may use. */
export function StepsField({
  steps,
  variables,
  onSteps,
  onVariables,
  faults,
}: {
  steps: readonly StepDraft[];
  variables: readonly VariableDraft[];
  onSteps: (next: StepDraft[]) => void;
  onVariables: (next: VariableDraft[]) => void;
  faults: Faults;
}) {
  const [opened, setOpened] = useState<readonly string[]>(() =>
    steps.length === 1 ? steps.map(({ key }) => key) : [],
  );
  const toggle = (key: string) =>
    setOpened((before) => (before.includes(key) ? before.filter((one) => one !== key) : [...before, key]));
  const add = (step: StepDraft, at = steps.length) => {
    onSteps([...steps.slice(0, at), step, ...steps.slice(at)]);
    setOpened((before) => [...before, step.key]);
  };
  const general = Object.entries(faults).find(([path]) => !/^(?:steps|variables)\.\d/.test(path))?.[1];
  return (
    <div className="grid gap-3">
      <ol className="grid gap-3" aria-label="Steps">
        {steps.map((step, at) => (
          <li key={step.key}>
            <StepField
              number={at + 1}
              step={step}
              isOpen={opened.includes(step.key) || faultIn(faults, `steps.${at}`) !== undefined}
              onToggle={() => toggle(step.key)}
              onChange={(next) => onSteps(steps.map((one) => (one.key === step.key ? next : one)))}
              onUp={at === 0 ? undefined : () => onSteps(moved(steps, at, at - 1))}
              onDown={at === steps.length - 1 ? undefined : () => onSteps(moved(steps, at, at + 1))}
              onCopy={() => add({ ...step, key: newKey(), id: undefined, name: '' }, at + 1)}
              onRemove={steps.length === 1 ? undefined : () => onSteps(steps.filter(({ key }) => key !== step.key))}
              fault={(place) => faultIn(faults, `steps.${at}.${place}`)}
            />
          </li>
        ))}
      </ol>
      {general === undefined ? null : <FieldError>{general}</FieldError>}
      <div>
        <Button size="sm" onClick={() => add(freshStep())}>
          <Plus size={14} aria-hidden="true" /> Add a step
        </Button>
      </div>
      <VariablesField
        variables={variables}
        onChange={onVariables}
        fault={(place) => faultIn(faults, `variables.${place}`)}
      />
    </div>
  );
}
