import { isSecretHeader } from '../check/secret-header.ts';
import { placeholdersIn, VARIABLE_NAME } from '../kind/template.ts';
import { readChecklyScript } from './checkly-script.ts';
import type { ScriptStep } from './script-value.ts';
import { type Draft, type Notes, plain } from './draft.ts';
import type { ScriptAllowance } from './script-allowance.ts';

/** What of a check holds its script. */
export type Scripted = {
  readonly script?: string | null | undefined;
  readonly environmentVariables?:
    | readonly { readonly key: string; readonly value: string; readonly locked: boolean; readonly secret: boolean }[]
    | null
    | undefined;
};

const SCRIPT_LENGTH = 100_000;

/** What is made, and how much of it scripts may still make. */
export type Moving = { readonly draft: Draft; readonly scripts: ScriptAllowance };

/** A multi-step check as a check in steps; null when its script is not read, which the notes explain. */
export function stepsOf(
  { draft, scripts }: Moving,
  one: Scripted,
  notes: Notes,
  key: string,
): Record<string, unknown> | null {
  const { script, environmentVariables } = one;
  const left = (why: string) => {
    notes.lost(`is a script, and ${why}; write its requests as a check in steps`);
    return null;
  };
  if (typeof script !== 'string' || script.trim() === '') return left('the export does not hold it');
  if (script.length > SCRIPT_LENGTH) return left(`it is longer than ${SCRIPT_LENGTH} characters`);
  const hidden = (environmentVariables ?? []).filter(({ locked, secret }) => locked || secret);
  const open = (environmentVariables ?? []).filter(({ locked, secret }) => !locked && !secret);
  const known = new Map([
    ...open.filter(({ value }) => !value.includes('{{')).map(({ key: name, value }) => [name, value] as const),
    ...hidden
      .filter(({ key: name }) => VARIABLE_NAME.test(name))
      .map(({ key: name }) => [name, `{{${name}}}`] as const),
  ]);
  const read = readChecklyScript(script, known, scripts);
  if (!read.ok) return left(read.why);
  const [first] = read.steps;
  const base = first === undefined ? null : URL.parse(first.url);
  if (base === null || !/^https?:$/.test(base.protocol)) return left('its first request names no address');
  for (const what of read.lost) notes.lost(what);
  const bare = read.steps.filter(({ assertions }) => !assertions.some(({ kind }) => kind === 'status'));
  if (bare.length > 0)
    notes.changed(`${bare.length} of its steps expect no status; here one from 200 to 399 is expected`);
  const used = new Set(placeholdersIn(JSON.stringify(read.steps)));
  const variables = hidden
    .filter(({ key: name }) => used.has(name))
    .map(({ key: name, value }) => ({ name, value: draft.secret(key, name, value), secret: true }));
  return {
    kind: 'api',
    url: plain(`${base.origin}/`),
    options: {
      ...(variables.length === 0 ? {} : { variables }),
      steps: read.steps.map((step, at) => stepOf(draft, step, `${key}_${at + 1}`)),
    },
  };
}

function stepOf(draft: Draft, step: ScriptStep, key: string): Record<string, unknown> {
  const { name, method, url, headers, body, assertions, take } = step;
  // What is a variable here is no secret of the file.
  const written = Object.entries(headers).map(([header, value]) => [
    header,
    isSecretHeader(header) && !value.includes('{{') ? draft.secret(key, header, value) : plain(value),
  ]);
  return {
    ...(name === '' ? {} : { name: plain(name) }),
    ...(method === 'GET' ? {} : { method }),
    url: plain(url),
    ...(written.length === 0 ? {} : { headers: Object.fromEntries(written) }),
    ...(body === null ? {} : { body: plain(body) }),
    ...(assertions.length === 0 ? {} : { assertions: assertions.map(plainly) }),
    ...(take.length === 0 ? {} : { take: take.map((one) => ({ ...one, secret: true })) }),
  };
}

function plainly(assertion: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(assertion).map(([name, value]) => [name, typeof value === 'string' ? plain(value) : value]),
  );
}
