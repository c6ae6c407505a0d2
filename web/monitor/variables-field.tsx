import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { FieldError } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { newKey, type VariableDraft } from './step-draft.ts';

/** Values that every step may use by `{{name}}`, some of them secret. */
export function VariablesField({
  variables,
  onChange,
  fault,
}: {
  variables: readonly VariableDraft[];
  onChange: (next: VariableDraft[]) => void;
  fault: (place: string) => string | undefined;
}) {
  const change = (key: string, next: Partial<VariableDraft>) =>
    onChange(variables.map((one) => (one.key === key ? { ...one, ...next } : one)));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm font-medium">Values of your own</legend>
      <p className="text-xs text-muted">
        Every step may use one as <code className="font-mono">{'{{name}}'}</code>. Secret ones are kept sealed and never
        shown again. <code className="font-mono">{'{{$uuid}}'}</code>,{' '}
        <code className="font-mono">{'{{$timestamp}}'}</code> and <code className="font-mono">{'{{$random}}'}</code> are
        made for each check.
      </p>
      {variables.map((one, at) => {
        const error = fault(String(at));
        return (
          <div key={one.key} className="grid gap-1">
            <div className="flex flex-wrap items-center gap-2">
              <Input
                aria-label={`Name of value ${at + 1}`}
                value={one.name}
                onChange={(event) => change(one.key, { name: event.target.value })}
                placeholder="password"
                mono
                spellCheck={false}
                autoCapitalize="none"
                className="max-w-40"
              />
              <Input
                aria-label={`Value ${at + 1}`}
                value={one.value}
                type={one.secret ? 'password' : 'text'}
                autoComplete="new-password"
                onChange={(event) => change(one.key, { value: event.target.value })}
                mono
                spellCheck={false}
                className="min-w-36 flex-1"
              />
              <span className="ms-auto flex items-center gap-2">
                <Checkbox
                  label="Secret"
                  checked={one.secret}
                  onChange={(event) =>
                    change(one.key, {
                      secret: event.target.checked,
                      // What is masked is no value: it has to be typed again.
                      ...(one.value === '[secret]' && !event.target.checked ? { value: '' } : {}),
                    })
                  }
                />
                <IconButton
                  label={`Remove value ${at + 1}`}
                  size="sm"
                  onClick={() => onChange(variables.filter(({ key }) => key !== one.key))}
                >
                  <X size={14} aria-hidden="true" />
                </IconButton>
              </span>
            </div>
            {error === undefined ? null : <FieldError>{error}</FieldError>}
          </div>
        );
      })}
      <div>
        <Button
          size="sm"
          onClick={() => onChange([...variables, { key: newKey(), name: '', value: '', secret: true }])}
        >
          <Plus size={14} aria-hidden="true" /> Add a value
        </Button>
      </div>
    </fieldset>
  );
}
