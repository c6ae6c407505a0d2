import { alertOrigin, signalSeverity } from '../alert/contract.ts';
import { textHolds } from './condition.ts';
import type { Condition, TextOp } from './condition-contract.ts';
import { minutesOf } from './week.ts';

/** What a condition is about: two of the same are compared, two different ones never exclude each other. */
function aboutOf(condition: Condition): string {
  return condition.field === 'label' ? `label ${condition.name}` : condition.field;
}

/** Whether everything that fulfils `a` also fulfils `b`. Only says yes when that is certain. */
export function implies(a: Condition, b: Condition): boolean {
  if (aboutOf(a) !== aboutOf(b)) return false;
  const left = finite(a);
  const right = finite(b);
  if (left && right) return left.every((one, i) => !one || right[i] === true);
  if ('values' in a && 'values' in b) return impliesText(a, b);
  return false;
}

/** Whether nothing can fulfil both. Only says yes when that is certain. */
export function excludes(a: Condition, b: Condition): boolean {
  if (aboutOf(a) !== aboutOf(b)) return false;
  const left = finite(a);
  const right = finite(b);
  if (left && right) return left.every((one, i) => !one || right[i] === false);
  if ('values' in a && 'values' in b) return excludesText(a, b) || excludesText(b, a);
  return false;
}

/** Whether everything fulfils it. */
export function isAlways(condition: Condition): boolean {
  if (condition.field === 'title' && condition.op === 'exists') return true;
  return finite(condition)?.every(Boolean) ?? false;
}

/** Whether nothing fulfils it. */
export function isNever(condition: Condition): boolean {
  if (condition.field === 'title' && condition.op === 'absent') return true;
  return finite(condition)?.every((one) => !one) ?? false;
}

/** For what can only be a few things: which of them fulfil it. */
function finite(condition: Condition): readonly boolean[] | null {
  switch (condition.field) {
    case 'severity':
      return signalSeverity.options.map((one) => condition.values.includes(one) === (condition.op === 'is'));
    case 'origin':
      return alertOrigin.options.map((one) => condition.values.includes(one) === (condition.op === 'is'));
    case 'time': {
      const within = minutesOf(condition);
      return condition.op === 'within' ? within : within.map((one) => !one);
    }
    default:
      return null;
  }
}

type TextCondition = { readonly op: TextOp; readonly values: readonly string[] };

function impliesText(a: TextCondition, b: TextCondition): boolean {
  const holds = textHolds(b);
  if (a.op === 'absent') return holds(undefined);
  if (a.op === 'is') return a.values.every(holds);
  if (b.op === 'exists') return a.op === 'contains' || a.op === 'like' || a.op === 'exists';
  const subset = isSubset(a.values, b.values);
  if (a.op === b.op) {
    if (a.op === 'is-not' || a.op === 'contains-not') return isSubset(b.values, a.values);
    if (a.op === 'contains') return a.values.every((value) => b.values.some((part) => includes(value, part)));
    return subset;
  }
  // What does not contain a word is not that word either.
  if (a.op === 'contains-not' && b.op === 'is-not')
    return b.values.every((value) => a.values.some((part) => includes(value, part)));
  return false;
}

function excludesText(a: TextCondition, b: TextCondition): boolean {
  const holds = textHolds(b);
  if (a.op === 'is') return !a.values.some(holds);
  if (a.op === 'absent') return !holds(undefined);
  if (a.op === 'contains' && b.op === 'contains-not')
    return a.values.every((value) => b.values.some((part) => includes(value, part)));
  return false;
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  const lower = new Set(all.map((value) => value.toLowerCase()));
  return some.every((value) => lower.has(value.toLowerCase()));
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
