import { type Condition, condition, signalSeverity, alertOrigin } from '#detect/contract';
import type { Book } from '../book.ts';
import { CommandError, EXIT } from '../io.ts';
import { daysText, parseHours } from './days.ts';

/** What the help of everything that takes conditions says. */
export const CONDITION_HELP = `Conditions:
  severity=critical,error     any of them; != for none of them
  label.env=staging           a label; label."with blanks" for odd names
  title~"disk full"           contains; !~ contains not
  title=web-*                 * stands for anything
  label.env   !label.env      is there; is not there
  service=shop  source=Old    by name, slug or id
  origin=monitor              monitor, intake, heartbeat, person or slo
  time="mon-fri 09:00-17:00"  within; != outside; days such as sat,sun, or daily`;

const SHAPE = /^(!)?(label\.(?:"(?:[^"\\]|\\.)+"|[^\s=!~"]+)|[a-z]+)\s*(?:(!=|=|!~|~)\s*([^]*))?$/;
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

  function hoursIn(written: string) {
    const hours = parseHours(written);
    if (hours === null) throw refuse(text, explain('time'));
    return hours;
  }

  function compare() {
    if (about === 'time') return { op: comparison === '=' ? 'within' : 'outside', ...hoursIn(rest) };
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
