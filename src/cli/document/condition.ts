import { type Condition, condition, signalSeverity, alertOrigin } from '#detect/contract';
import type { Book } from '../book.ts';
import { CommandError, EXIT } from '../io.ts';

/** What the help of everything that takes conditions says. */
export const CONDITION_HELP = `Conditions:
  severity=critical,error     any of them; != for none of them
  label.env=staging           a label; label."with blanks" for odd names
  title~"disk full"           contains; !~ contains not
  title=web-*                 * stands for anything
  label.env   !label.env      is there; is not there
  service=shop  source=Old    by name, slug or id
  origin=monitor              monitor, intake, heartbeat or person
  time="mon-fri 09:00-17:00"  within; != outside; days such as sat,sun, or daily`;

const SHAPE = /^(!)?(label\.(?:"(?:[^"\\]|\\.)+"|[^\s=!~"]+)|[a-z]+)\s*(?:(!=|=|!~|~)\s*([^]*))?$/;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const NOUNS = { service: 'service', source: 'source' } as const;

/** One condition in one line, such as `label.env=staging`; names stand for ids. */
export function parseCondition(text: string, book: Book): Condition {
  const match = SHAPE.exec(text.trim());
  if (!match) throw refuse(text, 'expected something like severity=critical or label.env=staging');
  const [, not, about = '', comparison, rest = ''] = match;
  const labelled = about.startsWith('label.');
  const subject = labelled ? { field: 'label', name: unquote(about.slice('label.'.length)) } : { field: about };
  const made = comparison === undefined ? { op: not ? 'absent' : 'exists' } : compare();
  const parsed = condition.safeParse({ ...subject, ...made });
  if (!parsed.success || (not && comparison !== undefined)) throw refuse(text, explain(about));
  return parsed.data;

  function compare() {
    if (about === 'time') return { op: comparison === '=' ? 'within' : 'outside', ...parseHours(text, rest) };
    const { values, wild } = split(rest);
    if (values.length === 0) throw refuse(text, 'compares with nothing');
    const op = opOf(comparison ?? '=', wild && (labelled || about === 'title'));
    if (op === null) throw refuse(text, '!= and * do not go together');
    const noun = about in NOUNS ? NOUNS[about as keyof typeof NOUNS] : null;
    return { op, values: noun === null ? values : values.map((value) => book.idOf(noun, value)) };
  }
}

/** The same line back, so that what was exported is read as what it was. */
export function conditionText(wanted: Condition, book: Book): string {
  if (wanted.field === 'time')
    return `time${wanted.op === 'within' ? '=' : '!='}${daysText(wanted.days)} ${wanted.from}-${wanted.to}`;
  const about = wanted.field === 'label' ? `label.${quote(wanted.name)}` : wanted.field;
  if (wanted.op === 'exists') return about;
  if (wanted.op === 'absent') return `!${about}`;
  const signs = { is: '=', 'is-not': '!=', contains: '~', 'contains-not': '!~', like: '=' };
  const wild = wanted.op === 'like';
  const names = wanted.field === 'service' || wanted.field === 'source';
  const values = wanted.values.map((value) => escape(names ? book.writtenOf(value) : value, wild || names));
  return `${about}${signs[wanted.op]}${values.join(',')}`;
}

function opOf(comparison: string, wild: boolean): string | null {
  if (comparison === '~') return 'contains';
  if (comparison === '!~') return 'contains-not';
  if (wild) return comparison === '=' ? 'like' : null;
  return comparison === '=' ? 'is' : 'is-not';
}

/** Values between commas; `\,`, `\*` and `\\` stand for themselves. `wild`: a `*` stands for anything. */
function split(text: string): { readonly values: string[]; readonly wild: boolean } {
  const values = [''];
  let wild = false;
  for (const [part] of text.matchAll(/\\[^]|[^\\]|\\$/g)) {
    if (part === ',') {
      values.push('');
      continue;
    }
    if (part === '*') wild = true;
    values.push((values.pop() ?? '') + (part.length > 1 ? part.slice(1) : part));
  }
  return { values: values.map((value) => value.trim()).filter((value) => value !== ''), wild };
}

function escape(value: string, wild: boolean): string {
  return value.replaceAll(wild ? /[\\,]/g : /[\\,*]/g, (sign) => `\\${sign}`);
}

function quote(name: string): string {
  return /^[^\s=!~"]+$/.test(name) ? name : `"${name.replaceAll(/[\\"]/g, (sign) => `\\${sign}`)}"`;
}

function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll(/\\(.)/g, '$1') : name;
}

function parseHours(text: string, rest: string) {
  const match = /^(\S+)\s+(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/.exec(rest.trim().toLowerCase());
  const days = match?.[1] === undefined ? null : parseDays(match[1]);
  if (!match || days === null) throw refuse(text, explain('time'));
  return { days, from: match[2], to: match[3] };
}

function parseDays(text: string): number[] | null {
  if (text === 'daily') return [1, 2, 3, 4, 5, 6, 7];
  const days = text.split(',').flatMap((part) => {
    const [first = -1, last = first] = part.split('-').map((day) => DAYS.indexOf(day));
    if (first < 0 || last < 0) return [0];
    const length = (last - first + 7) % 7;
    return Array.from({ length: length + 1 }, (_, i) => ((first + i) % 7) + 1);
  });
  return days.includes(0) ? null : [...new Set(days)].toSorted((a, b) => a - b);
}

function daysText(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b);
  const first = sorted[0] ?? 1;
  const unbroken = sorted.length > 2 && sorted.every((day, i) => day === first + i);
  if (sorted.length === 7) return 'daily';
  const name = (day: number) => DAYS[day - 1] ?? '';
  return unbroken ? `${name(first)}-${name(first + sorted.length - 1)}` : sorted.map(name).join(',');
}

function explain(about: string): string {
  if (about === 'severity') return `severity is one of ${signalSeverity.options.join(', ')}`;
  if (about === 'origin') return `origin is one of ${alertOrigin.options.join(', ')}`;
  if (about === 'time') return 'expected days and hours such as time="mon-fri 09:00-17:00"';
  if (about === 'service' || about === 'source') return `a ${about} is compared with = or !=`;
  return 'expected severity, origin, source, service, title, time or label.NAME';
}

function refuse(text: string, why: string): CommandError {
  return new CommandError(`${text} is no condition: ${why}.`, EXIT.usage);
}
