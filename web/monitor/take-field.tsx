import X from 'lucide-react/icons/x';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { FieldError } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import type { TakenDraft } from './step-draft.ts';

const sources = {
  json: { label: 'JSON value', placeholder: '$.token', names: 'JSONPath of' },
  header: { label: 'Header', placeholder: 'location', names: 'Header for' },
  cookie: { label: 'Cookie', placeholder: 'session', names: 'Cookie for' },
  body: { label: 'Text by pattern', placeholder: 'id="(\\d+)"', names: 'Pattern for' },
} as const;

const kinds = ['json', 'header', 'cookie', 'body'] as const;

/** What a step takes from its answer, each by a name. */
export function TakeField({
  value,
  onChange,
  fault,
}: {
  value: readonly TakenDraft[];
  onChange: (next: TakenDraft[]) => void;
  fault: (place: string) => string | undefined;
}) {
  const change = (at: number, next: Partial<TakenDraft>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...next } : one)));
  return (
    <div className="grid gap-2">
      {value.map((one, at) => {
        const error = fault(`take.${at}`);
        const named = one.name === '' ? `value ${at + 1}` : one.name;
        return (
          <div key={at} className="grid gap-1">
            <div className="flex flex-wrap items-center gap-2">
              <Input
                aria-label={`Name of value ${at + 1}`}
                value={one.name}
                onChange={(event) => change(at, { name: event.target.value })}
                placeholder="token"
                mono
                spellCheck={false}
                autoCapitalize="none"
                className="max-w-32"
              />
              <span className="text-muted">from</span>
              <Select
                aria-label={`Where ${named} comes from`}
                value={one.from}
                onChange={(event) =>
                  change(at, { from: kinds.find((kind) => kind === event.target.value) ?? one.from })
                }
                className="max-w-36"
              >
                {kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {sources[kind].label}
                  </option>
                ))}
              </Select>
              <Input
                aria-label={`${sources[one.from].names} ${named}`}
                value={one.source}
                onChange={(event) => change(at, { source: event.target.value })}
                placeholder={sources[one.from].placeholder}
                mono
                spellCheck={false}
                autoCapitalize="none"
                className="min-w-32 flex-1"
              />
              <span className="ms-auto flex items-center gap-2">
                <Checkbox
                  label="Secret"
                  checked={one.secret}
                  onChange={(event) => change(at, { secret: event.target.checked })}
                />
                <IconButton
                  label={`Remove ${named}`}
                  size="sm"
                  onClick={() => onChange(value.filter((_, index) => index !== at))}
                >
                  <X size={14} aria-hidden="true" />
                </IconButton>
              </span>
            </div>
            {error === undefined ? null : <FieldError>{error}</FieldError>}
          </div>
        );
      })}
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-xs text-muted">Take</span>
        {kinds.map((from) => (
          <Button
            key={from}
            size="sm"
            onClick={() => onChange([...value, { name: '', from, source: from === 'json' ? '$.' : '', secret: false }])}
          >
            {sources[from].label}
          </Button>
        ))}
      </div>
    </div>
  );
}
