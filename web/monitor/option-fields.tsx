import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { CodeArea } from '../ui/code-area.tsx';
import type { OptionDraft, OptionField } from './option-field.ts';

/** The options of one kind of monitor, each by how it is typed. */
export function OptionFields({
  fields,
  draft,
  onChange,
  error,
}: {
  fields: readonly OptionField[];
  draft: OptionDraft;
  onChange: (next: OptionDraft) => void;
  error: (name: string) => string | undefined;
}) {
  return fields.map((field) => {
    const { name, label, aside, hint, wide } = field;
    const value = draft[name];
    const set = (next: string | boolean) => onChange({ ...draft, [name]: next });
    const span = wide === true ? 'sm:col-span-full' : 'sm:col-span-3';
    if (field.input === 'check') {
      return (
        <Checkbox
          key={name}
          name={name}
          checked={value === true}
          onChange={(event) => set(event.target.checked)}
          label={label}
          {...(hint === undefined ? {} : { hint })}
          className={span}
        />
      );
    }
    return (
      <Field
        key={name}
        label={label}
        {...(aside === undefined ? {} : { aside })}
        {...(hint === undefined ? {} : { hint })}
        error={error(name)}
        className={span}
      >
        <OptionInput field={field} value={typeof value === 'string' ? value : ''} onChange={set} />
      </Field>
    );
  });
}

function OptionInput({
  field: { name, input, placeholder },
  value,
  onChange,
}: {
  field: OptionField;
  value: string;
  onChange: (next: string) => void;
}) {
  const given = {
    name,
    value,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
  if (input === 'code') return <CodeArea {...given} />;
  if (input === 'lines' || input === 'area' || input === 'pairs')
    return <Textarea {...given} mono rows={3} dir="ltr" />;
  if (input === 'number') return <Input {...given} inputMode="decimal" />;
  if (input === 'secret') return <Input {...given} type="password" autoComplete="new-password" spellCheck={false} />;
  if (typeof input === 'string') return <Input {...given} mono spellCheck={false} autoCapitalize="none" />;
  return (
    <Select {...given}>
      {input.map(([option, label]) => (
        <option key={option} value={option}>
          {label}
        </option>
      ))}
    </Select>
  );
}
