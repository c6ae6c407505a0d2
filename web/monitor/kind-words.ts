import type { MonitorKind, ProtocolKind } from '#monitor/contract';

/** One option of a kind as it is typed. Empty text is sent as null, `lines` as a list. */
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
    | 'secret'
    | 'check'
    | readonly (readonly [value: string, label: string])[];
  /** What it is before anybody types. */
  readonly initial?: string | boolean;
  /** Asked when a monitor is added; the others wait for its form. */
  readonly early?: boolean;
  readonly wide?: boolean;
}

interface KindWords {
  /** In lists of kinds. */
  readonly label: string;
  /** Beside a monitor's name. */
  readonly short: string;
  readonly placeholder: string;
  /** When it is up. */
  readonly hint: string;
  readonly fields: readonly OptionField[];
}

export const httpWords = {
  label: 'Website or API (HTTP)',
  short: 'HTTP',
  placeholder: 'https://example.org/health',
  hint: 'Up while it answers with a status from 200 to 399.',
} as const;

export const kindWords: Readonly<Record<ProtocolKind, KindWords>> = {
  tcp: {
    label: 'Port (TCP or TLS)',
    short: 'TCP',
    placeholder: 'tcp://db.example.org:5432',
    hint: 'Up while it accepts connections. With tls:// its certificate is verified and its end is watched.',
    fields: [
      {
        name: 'expect',
        label: 'Expect',
        aside: 'optional',
        hint: 'Text that must come once connected.',
        input: 'text',
        early: true,
      },
      {
        name: 'send',
        label: 'Send',
        aside: 'optional',
        hint: 'Sent first; line ends are written \\r\\n.',
        input: 'text',
        early: true,
      },
      {
        name: 'skipVerification',
        label: 'Accept any certificate',
        hint: 'With tls://, only for targets that you know; the certificate’s end is still watched.',
        input: 'check',
        wide: true,
      },
    ],
  },
};

/** “HTTP”, “TCP”, “Heartbeat”. */
export function shortKind(kind: MonitorKind): string {
  if (kind === 'heartbeat') return 'Heartbeat';
  return kind === 'http' ? httpWords.short : kindWords[kind].short;
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
  if (typed.trim() === '') return null;
  return input === 'number' ? Number(typed) : typed;
}
