import type { AlertOrigin, SignalSeverity } from '../alert/contract.ts';
import type { Condition, TextOp } from './condition-contract.ts';
import { MINUTES_OF_WEEK, minutesOf } from './week.ts';

/** What conditions are asked about. */
export type Subject = {
  readonly title: string;
  readonly severity: SignalSeverity;
  readonly origin: AlertOrigin;
  readonly alertSourceId: string | null;
  readonly serviceId: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Minute of the week in the workspace's zone, from Monday 00:00. */
  readonly minute: number;
};

/** A condition made ready to be asked often. */
export type Test = (subject: Subject) => boolean;

/** Makes a condition ready; no text that people write can make it slow. */
export function compile(condition: Condition): Test {
  switch (condition.field) {
    case 'severity':
      return among(condition, ({ severity }) => severity);
    case 'origin':
      return among(condition, ({ origin }) => origin);
    case 'source':
      return among(condition, ({ alertSourceId }) => alertSourceId);
    case 'service':
      return among(condition, ({ serviceId }) => serviceId);
    case 'title':
      return textTest(condition, ({ title }) => title);
    case 'label': {
      const { name } = condition;
      return textTest(condition, ({ labels }) => (Object.hasOwn(labels, name) ? labels[name] : undefined));
    }
    case 'time': {
      const within = minutesOf(condition);
      const wanted = condition.op === 'within';
      return ({ minute }) => (within[minute % MINUTES_OF_WEEK] === true) === wanted;
    }
  }
}

function among(
  { op, values }: { readonly op: 'is' | 'is-not' | 'exists' | 'absent'; readonly values: readonly string[] },
  read: (subject: Subject) => string | null,
): Test {
  const all = new Set(values);
  switch (op) {
    case 'is':
      return (subject) => all.has(read(subject) ?? '');
    case 'is-not':
      return (subject) => !all.has(read(subject) ?? '');
    case 'exists':
      return (subject) => read(subject) !== null;
    case 'absent':
      return (subject) => read(subject) === null;
  }
}

function textTest(
  condition: { readonly op: TextOp; readonly values: readonly string[] },
  read: (subject: Subject) => string | undefined,
): Test {
  const holds = textHolds(condition);
  return (subject) => holds(read(subject));
}

/** Whether a text is as wanted; `undefined` is a label that is not there. */
export function textHolds({
  op,
  values,
}: {
  readonly op: TextOp;
  readonly values: readonly string[];
}): (text: string | undefined) => boolean {
  const wanted = values.map((value) => value.toLowerCase());
  const all = new Set(wanted);
  switch (op) {
    case 'is':
      return (text) => text !== undefined && all.has(text.toLowerCase());
    case 'is-not':
      return (text) => text === undefined || !all.has(text.toLowerCase());
    case 'contains':
      return (text) => text !== undefined && contains(text, wanted);
    case 'contains-not':
      return (text) => text === undefined || !contains(text, wanted);
    case 'like':
      return (text) => text !== undefined && wanted.some((pattern) => isLike(text.toLowerCase(), pattern));
    case 'exists':
      return (text) => text !== undefined;
    case 'absent':
      return (text) => text === undefined;
  }
}

function contains(text: string, wanted: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return wanted.some((word) => lower.includes(word));
}

/** Whether a text fits a pattern in which `*` stands for any text; takes the pieces one after another, never back. */
export function isLike(text: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
