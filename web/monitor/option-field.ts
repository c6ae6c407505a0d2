/** One option of a kind as it is typed. Empty text is sent as null, `lines` as a list, `pairs` (`NAME=value`) as a record. */
export interface OptionField {
  readonly name: string;
  readonly label: string;
  readonly aside?: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly input:
    | 'text'
    | 'number'
    | 'lines'
    | 'area'
    | 'code'
    | 'pairs'
    | 'secret'
    | 'check'
    | readonly (readonly [value: string, label: string])[];
  /** What it is before anybody types. */
  readonly initial?: string | boolean;
  /** Asked when a monitor is added; the others wait for its form. */
  readonly early?: boolean;
  readonly wide?: boolean;
}
/** The fields as they stand in a form. */
export type OptionDraft = Record<string, string | boolean>;

/** What is stored (or the start of a fresh one) as it is typed. */
export function optionDraftOf(fields: readonly OptionField[], stored: Readonly<Record<string, unknown>>): OptionDraft {
  return Object.fromEntries(fields.map((field) => [field.name, typedOf(field, stored[field.name])]));
}

function typedOf({ input, initial }: OptionField, stored: unknown): string | boolean {
  if (input === 'check') return typeof stored === 'boolean' ? stored : initial === true;
  if (Array.isArray(stored)) return stored.join('\n');
  if (input === 'pairs') {
    return Object.entries(stored ?? {})
      .map(([name, value]) => `${name}=${String(value)}`)
      .join('\n');
  }
  if (typeof stored === 'string' || typeof stored === 'number') return String(stored);
  return typeof initial === 'string' && stored === undefined ? initial : '';
}

/** As it is sent. */
export function optionsOf(fields: readonly OptionField[], draft: OptionDraft): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, sentOf(field, draft[field.name] ?? '')]));
}

function sentOf({ input }: OptionField, typed: string | boolean): unknown {
  if (typeof typed === 'boolean') return typed;
  if (input === 'lines') {
    return typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  if (input === 'pairs') return pairsOf(typed);
  if (typed.trim() === '') return null;
  return input === 'number' ? Number(typed) : typed;
}

/** `NAME=value` lines; a line without a name is left to the server, which says what is wrong with it. */
function pairsOf(typed: string): Record<string, string> {
  const lines = typed.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? [line.trim(), ''] : [line.slice(0, equals).trim(), line.slice(equals + 1)];
    }),
  );
}
