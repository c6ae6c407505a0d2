import X from 'lucide-react/icons/x';
import { Button, IconButton } from '../ui/button.tsx';
import { FieldError } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import { isProtocolKind, type MonitorKind, PROTOCOL_KINDS } from '#monitor/contract';
import { type Assertion, jsonTestWords, takesValue } from './assertion-words.ts';

const fresh: { kind: Assertion['kind']; label: string; make: () => Assertion }[] = [
  { kind: 'status', label: 'Status', make: () => ({ kind: 'status', in: [{ from: 200, to: 299 }] }) },
  { kind: 'body', label: 'Body text', make: () => ({ kind: 'body', test: 'contains', value: '' }) },
  { kind: 'json', label: 'JSON value', make: () => ({ kind: 'json', path: '$.', test: 'equals', value: '' }) },
  { kind: 'size', label: 'Body size', make: () => ({ kind: 'size', test: 'less', bytes: 100_000 }) },
  { kind: 'header', label: 'Header', make: () => ({ kind: 'header', name: '', test: 'contains', value: '' }) },
  { kind: 'response-time', label: 'Response time', make: () => ({ kind: 'response-time', belowMs: 1000 }) },
  { kind: 'certificate', label: 'Certificate', make: () => ({ kind: 'certificate', daysAtLeast: 14 }) },
];

/** The list of what must hold of an answer. */
export function AssertionsField({
  kind: of,
  value,
  onChange,
  error,
  bare = false,
}: {
  kind: MonitorKind;
  value: readonly Assertion[];
  onChange: (value: Assertion[]) => void;
  error: string | undefined;
  /** Without a box of its own, where it stands in one. */
  bare?: boolean;
}) {
  const replace = (at: number, next: Assertion) => onChange(value.map((one, index) => (index === at ? next : one)));
  const lines = (
    <>
      {value.map((assertion, index) => (
        <div key={index} className="flex flex-wrap items-center gap-2">
          <AssertionLine assertion={assertion} onChange={(next) => replace(index, next)} />
          <IconButton
            label="Remove this line"
            size="sm"
            className="ml-auto"
            onClick={() => onChange(value.filter((_, other) => other !== index))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {error === undefined ? null : <FieldError>{error}</FieldError>}
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-xs text-muted">Add</span>
        {fresh
          .filter(({ kind }) => isMeant(of, kind))
          .map(({ kind, label, make }) => (
            <Button key={kind} size="sm" onClick={() => onChange([...value, make()])}>
              {label}
            </Button>
          ))}
      </div>
    </>
  );
  return bare ? <div className="grid gap-3">{lines}</div> : <Panel className="grid gap-3 p-4">{lines}</Panel>;
}

/** Whether an assertion says something of what a kind of monitor gets back. */
function isMeant(kind: MonitorKind, assertion: Assertion['kind']): boolean {
  return !isProtocolKind(kind) || (PROTOCOL_KINDS[kind].assertions as readonly string[]).includes(assertion);
}

type Change<Kind extends Assertion['kind']> = {
  assertion: Extract<Assertion, { kind: Kind }>;
  onChange: (next: Assertion) => void;
};

function AssertionLine({ assertion, onChange }: { assertion: Assertion; onChange: (next: Assertion) => void }) {
  switch (assertion.kind) {
    case 'status':
      return <StatusLine assertion={assertion} onChange={onChange} />;
    case 'body':
      return <BodyLine assertion={assertion} onChange={onChange} />;
    case 'header':
      return <HeaderLine assertion={assertion} onChange={onChange} />;
    case 'json':
      return <JsonLine assertion={assertion} onChange={onChange} />;
    case 'size':
      return <SizeLine assertion={assertion} onChange={onChange} />;
    case 'response-time':
      return (
        <NumberLine
          before="Answered within"
          after="ms"
          value={assertion.belowMs}
          onChange={(belowMs) => onChange({ ...assertion, belowMs })}
        />
      );
    case 'certificate':
      return (
        <NumberLine
          before="Certificate valid for at least"
          after="days"
          value={assertion.daysAtLeast}
          onChange={(daysAtLeast) => onChange({ ...assertion, daysAtLeast })}
        />
      );
    default:
      return assertion satisfies never;
  }
}

const rangeText = (ranges: readonly { from: number; to: number }[]) =>
  ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');

function rangesOf(text: string): { from: number; to: number }[] {
  return text.split(',').flatMap((part) => {
    const [, from, to] = /^\s*(\d{3})\s*(?:[-–]\s*(\d{3}))?\s*$/.exec(part) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to ?? from) }];
  });
}

function StatusLine({ assertion, onChange }: Change<'status'>) {
  return (
    <>
      <span>Status is</span>
      <Input
        aria-label="Statuses, for example 200-299, 304"
        defaultValue={rangeText(assertion.in)}
        onChange={(event) => onChange({ ...assertion, in: rangesOf(event.target.value) })}
        className="max-w-48"
      />
    </>
  );
}

function BodyLine({ assertion, onChange }: Change<'body'>) {
  return (
    <>
      <span>Body</span>
      <Select
        aria-label="Test of the body"
        value={assertion.test}
        onChange={(event) => {
          const test = event.target.value;
          if (test === 'contains' || test === 'not-contains' || test === 'matches')
            onChange({ kind: 'body', test, value: assertion.value });
        }}
        className="max-w-44"
      >
        <option value="contains">contains</option>
        <option value="not-contains">does not contain</option>
        <option value="matches">matches the pattern</option>
      </Select>
      <Input
        aria-label="Text in the body"
        value={assertion.value}
        onChange={(event) => onChange({ ...assertion, value: event.target.value })}
        className="min-w-40 flex-1"
      />
    </>
  );
}

function HeaderLine({ assertion, onChange }: Change<'header'>) {
  return (
    <>
      <span>Header</span>
      <Input
        aria-label="Name of the header"
        value={assertion.name}
        onChange={(event) => onChange({ ...assertion, name: event.target.value })}
        className="max-w-44"
      />
      <Select
        aria-label="Test of the header"
        value={assertion.test}
        onChange={(event) => {
          const test = event.target.value;
          if (test === 'equals' || test === 'contains' || test === 'matches') onChange({ ...assertion, test });
        }}
        className="max-w-40"
      >
        <option value="contains">contains</option>
        <option value="equals">equals</option>
        <option value="matches">matches the pattern</option>
      </Select>
      <Input
        aria-label="Value of the header"
        value={assertion.value}
        onChange={(event) => onChange({ ...assertion, value: event.target.value })}
        className="min-w-32 flex-1"
      />
    </>
  );
}

function JsonLine({ assertion, onChange }: Change<'json'>) {
  return (
    <>
      <span>JSON</span>
      <Input
        aria-label="JSONPath, for example $.items[0].id"
        value={assertion.path}
        onChange={(event) => onChange({ ...assertion, path: event.target.value })}
        mono
        spellCheck={false}
        autoCapitalize="none"
        className="min-w-36 flex-1"
      />
      <Select
        aria-label="Test of the value"
        value={assertion.test}
        onChange={(event) => {
          const test = jsonTestWords.find(([one]) => one === event.target.value)?.[0];
          if (test !== undefined) onChange({ ...assertion, test });
        }}
        className="max-w-44"
      >
        {jsonTestWords.map(([test, words]) => (
          <option key={test} value={test}>
            {words}
          </option>
        ))}
      </Select>
      {takesValue(assertion.test) ? (
        <Input
          aria-label="Expected value"
          value={assertion.value}
          onChange={(event) => onChange({ ...assertion, value: event.target.value })}
          className="min-w-32 flex-1"
        />
      ) : null}
    </>
  );
}

function SizeLine({ assertion, onChange }: Change<'size'>) {
  return (
    <>
      <span>Body is</span>
      <Select
        aria-label="Test of the size"
        value={assertion.test}
        onChange={(event) => onChange({ ...assertion, test: event.target.value === 'greater' ? 'greater' : 'less' })}
        className="max-w-36"
      >
        <option value="less">smaller than</option>
        <option value="greater">larger than</option>
      </Select>
      <NumberLine
        after="bytes"
        label="Size of the body, in bytes"
        value={assertion.bytes}
        onChange={(bytes) => onChange({ ...assertion, bytes })}
      />
    </>
  );
}

function NumberLine({
  before,
  after,
  label = `${before ?? ''}, in ${after}`,
  value,
  onChange,
}: {
  before?: string;
  after: string;
  label?: string;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <>
      {before === undefined ? null : <span>{before}</span>}
      <Input
        aria-label={label}
        inputMode="numeric"
        value={String(value)}
        onChange={(event) => onChange(Number(event.target.value.replaceAll(/\D/g, '')))}
        className="max-w-24"
      />
      <span className="text-muted">{after}</span>
    </>
  );
}
