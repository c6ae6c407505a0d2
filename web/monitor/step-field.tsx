import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Copy from 'lucide-react/icons/copy';
import X from 'lucide-react/icons/x';
import { useId } from 'react';
import { IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import { AssertionsField } from './assertions-field.tsx';
import { methods } from './methods.ts';
import type { StepDraft } from './step-draft.ts';
import { TakeField } from './take-field.tsx';

interface Props {
  number: number;
  step: StepDraft;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (next: StepDraft) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onCopy: () => void;
  onRemove: (() => void) | undefined;
  fault: (place: string) => string | undefined;
}

/** One step: what is asked, what must hold of the answer, and what later steps take from it. */
export function StepField({ number, step, isOpen, onToggle, onChange, onUp, onDown, onCopy, onRemove, fault }: Props) {
  const id = useId();
  const called = step.name.trim() === '' ? `step ${number}` : step.name;
  return (
    <Panel>
      <div className="flex items-center gap-2 p-2 ps-3">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={onToggle}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-control py-1 text-start"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={isOpen ? 'shrink-0 rotate-90 text-muted' : 'shrink-0 text-muted'}
          />
          <span className="num text-muted">{number}.</span>
          <span className="min-w-0 truncate">
            {step.name.trim() === '' ? null : <bdi className="me-2 font-medium">{step.name}</bdi>}
            <span className="font-mono text-xs text-muted">
              {step.method} {step.url === '' ? 'the address itself' : step.url}
            </span>
          </span>
          {step.always ? <span className="ms-auto shrink-0 text-xs text-muted">always</span> : null}
        </button>
        <span className="flex shrink-0">
          <IconButton label={`Move ${called} up`} size="sm" disabled={onUp === undefined} onClick={onUp}>
            <ArrowUp size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Move ${called} down`} size="sm" disabled={onDown === undefined} onClick={onDown}>
            <ArrowDown size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Copy ${called}`} size="sm" onClick={onCopy} className="max-sm:hidden">
            <Copy size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Remove ${called}`} size="sm" disabled={onRemove === undefined} onClick={onRemove}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <div id={id} hidden={!isOpen} className="grid gap-4 border-t border-line p-4">
        {isOpen ? (
          <>
            <Request step={step} onChange={onChange} fault={fault} />
            <Part title="What must hold" aside="without a status line, 200 to 399">
              <AssertionsField
                kind="http"
                value={step.assertions}
                onChange={(assertions) => onChange({ ...step, assertions })}
                error={fault('assertions')}
                bare
              />
            </Part>
            <Part title="What later steps use" aside="as {{name}}">
              <TakeField value={step.take} onChange={(take) => onChange({ ...step, take })} fault={fault} />
            </Part>
            <Checkbox
              label="Run it even when another step has failed"
              hint="For what has to be tidied up, such as logging out."
              checked={step.always}
              onChange={(event) => onChange({ ...step, always: event.target.checked })}
            />
          </>
        ) : null}
      </div>
    </Panel>
  );
}

function Part({ title, aside, children }: { title: string; aside: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 flex w-full items-baseline justify-between gap-3">
        <span className="text-sm font-medium">{title}</span>
        <span className="text-xs text-muted">{aside}</span>
      </legend>
      {children}
    </fieldset>
  );
}

function Request({ step, onChange, fault }: Pick<Props, 'step' | 'onChange' | 'fault'>) {
  const text = (name: 'name' | 'url' | 'headers' | 'body' | 'user' | 'password' | 'bearerToken') => ({
    value: step[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...step, [name]: event.target.value }),
  });
  const code = { mono: true, spellCheck: false, autoCapitalize: 'none' } as const;
  const sendsBody = step.method !== 'GET' && step.method !== 'HEAD';
  const signsIn = step.user !== '' || step.password !== '' || step.bearerToken !== '';
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <Field label="Name" aside="optional" error={fault('name')} className="sm:col-span-6">
        <Input {...text('name')} placeholder="Log in" />
      </Field>
      <Field label="Method" error={fault('method')} className="sm:col-span-2">
        <Select
          value={step.method}
          onChange={(event) =>
            onChange({ ...step, method: methods.find((one) => one === event.target.value) ?? step.method })
          }
        >
          {methods.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </Select>
      </Field>
      <Field label="Address" aside="relative, or a whole one" error={fault('url')} className="sm:col-span-4">
        <Input {...text('url')} {...code} placeholder="/orders/{{orderId}}" />
      </Field>
      {sendsBody ? (
        <Field
          label="Body"
          hint="Values are put into JSON and forms so that they stay one value."
          error={fault('body')}
          className="sm:col-span-6"
        >
          <Textarea
            {...text('body')}
            mono
            rows={3}
            dir="ltr"
            placeholder='{"user": "ada", "password": "{{password}}"}'
          />
        </Field>
      ) : null}
      <details open={step.headers !== '' || signsIn || undefined} className="sm:col-span-6">
        <summary className="w-fit text-muted hover:text-text">Headers and signing in</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-6">
          <Field label="Headers" aside="one per line" error={fault('headers')} className="sm:col-span-6">
            <Textarea {...text('headers')} mono rows={2} dir="ltr" placeholder="Accept: application/json" />
          </Field>
          <Field label="Bearer token" aside="kept sealed" error={fault('bearerToken')} className="sm:col-span-6">
            <Input {...text('bearerToken')} {...code} placeholder="{{token}}" autoComplete="off" />
          </Field>
          <Field label="User" aside="basic authentication" error={fault('user')} className="sm:col-span-3">
            <Input {...text('user')} {...code} autoComplete="off" />
          </Field>
          <Field label="Password" aside="kept sealed" error={fault('password')} className="sm:col-span-3">
            <Input {...text('password')} {...code} placeholder="{{password}}" autoComplete="off" />
          </Field>
        </div>
      </details>
    </div>
  );
}
