import type { MappingInput, SignalSeverity } from '#detect/contract';

/** A mapping as it stands in the fields of a form: one text for each, lists by commas, tables by lines. */
export interface MappingDraft {
  preset: string;
  title: string;
  dedupKey: string;
  statusFrom: string;
  firing: string;
  resolved: string;
  ignored: string;
  statusOtherwise: string;
  severityFrom: string;
  severityValues: string;
  severityOtherwise: string;
  source: string;
  url: string;
  labels: string;
}

export const EMPTY_DRAFT: MappingDraft = {
  preset: '',
  title: '',
  dedupKey: '',
  statusFrom: '',
  firing: '',
  resolved: '',
  ignored: '',
  statusOtherwise: 'firing',
  severityFrom: '',
  severityValues: '',
  severityOtherwise: 'error',
  source: '',
  url: '',
  labels: '',
};

export function draftOf(mapping: MappingInput): MappingDraft {
  const { status, severity } = mapping;
  return {
    preset: mapping.preset ?? '',
    title: mapping.title,
    dedupKey: mapping.dedupKey ?? '',
    statusFrom: status?.from ?? '',
    firing: list(status?.firing),
    resolved: list(status?.resolved),
    ignored: list(status?.ignored),
    statusOtherwise: status?.otherwise ?? 'firing',
    severityFrom: severity?.from ?? '',
    severityValues: lines(severity?.values),
    severityOtherwise: severity?.otherwise ?? 'error',
    source: mapping.source ?? '',
    url: mapping.url ?? '',
    labels: lines(mapping.labels),
  };
}

/** The other way. What was typed wrong goes to the server as it is, which says what is wrong with it. */
export function mappingOf(draft: MappingDraft): MappingInput {
  return {
    ...filled('preset', draft.preset),
    title: draft.title,
    ...filled('dedupKey', draft.dedupKey),
    ...(draft.statusFrom.trim() === ''
      ? {}
      : {
          status: {
            from: draft.statusFrom,
            firing: unlist(draft.firing),
            resolved: unlist(draft.resolved),
            ignored: unlist(draft.ignored),
            otherwise: draft.statusOtherwise as 'firing' | 'resolved' | 'ignored',
          },
        }),
    ...(draft.severityFrom.trim() === ''
      ? {}
      : {
          severity: {
            from: draft.severityFrom,
            values: unlines(draft.severityValues) as Record<string, SignalSeverity>,
            otherwise: draft.severityOtherwise as SignalSeverity,
          },
        }),
    ...filled('source', draft.source),
    ...filled('url', draft.url),
    labels: unlines(draft.labels),
  };
}

function filled<Name extends string>(name: Name, text: string): { [K in Name]?: string } {
  return text.trim() === '' ? {} : ({ [name]: text } as { [K in Name]?: string });
}

function list(values: readonly string[] | undefined): string {
  return (values ?? []).join(', ');
}

function unlist(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function lines(table: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(table ?? {})
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');
}

/** `name = value` by line. The first sign of equality parts them; others belong to the value. */
function unlines(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );
}

/** The field of the form that a fault of the server is about: `body.mapping.status.from` → `statusFrom`. */
export function fieldOfFault(path: string): keyof MappingDraft | undefined {
  const [, field = '', inner = ''] = /^body\.mapping\.(\w+)(?:\.(\w+))?/.exec(path) ?? [];
  if (field === 'status')
    return inner === 'firing' || inner === 'resolved' || inner === 'ignored' ? inner : 'statusFrom';
  if (field === 'severity') return inner === 'values' ? 'severityValues' : 'severityFrom';
  return field in EMPTY_DRAFT ? (field as keyof MappingDraft) : undefined;
}
