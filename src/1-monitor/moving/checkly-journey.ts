import { CALLS, LOCATOR_MAKERS } from '../journey/calls.ts';
import { withoutImports } from '../journey/imports.ts';
import { JOURNEY_LIMITS } from '../kind/journey-limits.ts';
import { type Draft, type Notes, plain, TIMEOUT } from './draft.ts';
import type { Scripted } from './checkly-steps.ts';

/** What the calls of a script are made on, and those that a journey has there. */
const HERE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['page', new Set<string>([...CALLS.page, ...LOCATOR_MAKERS, 'url', 'context', 'on', 'once'])],
  ['context', new Set<string>(CALLS.context)],
  ['request', new Set<string>()],
  ['browser', new Set<string>()],
]);
const CALL = /\b(page|context|request|browser)\.(\w+)\(/g;
const PICTURE = /^([ \t]*)await page\.screenshot\(.*\);?[ \t]*$/gm;
const ADDRESS = /https?:\/\/[\w.:[\]-]+/;
const ENVIRONMENT = /\bprocess\.env\.(\w+)/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,59}$/;
const MOST_NAMED = 5;

/**
 * A script for a browser as a journey, as it was written; null when it is none, which the notes explain. What calls what a
 * journey does not have comes along paused. Nothing of it is run or compiled; the time that it takes grows with its length.
 */
export function journeyOf(
  draft: Draft,
  { script, environmentVariables }: Scripted,
  notes: Notes,
  key: string,
): Record<string, unknown> | null {
  const left = (why: string) => {
    notes.lost(`is a script for a browser, and ${why}; write it as a browser journey, or watch its page by HTTP`);
    return null;
  };
  if (typeof script !== 'string' || script.trim() === '') return left('the export does not hold it');
  if (script.length > JOURNEY_LIMITS.scriptLength)
    return left(`it is longer than ${JOURNEY_LIMITS.scriptLength} characters`);
  const imported = withoutImports(script);
  if (!imported.ok) return left(imported.fault);
  const given = new Map((environmentVariables ?? []).map((one) => [one.key, one.value]));
  const text = script.replace(PICTURE, '$1// A picture is kept when this fails.');
  if (text !== script) notes.changed('its pictures: one is kept by itself when it fails');
  const base = URL.parse(addressIn(text) ?? [...given.values()].find((value) => ADDRESS.test(value)) ?? '');
  if (base === null) return left('it names no address');
  const read = new Set(Array.from(text.matchAll(ENVIRONMENT), ([, name = '']) => name));
  const secrets = [...read].filter((name) => NAME.test(name) && given.get(name)).slice(0, JOURNEY_LIMITS.secrets);
  for (const name of [...read].filter((one) => !secrets.includes(one)).slice(0, MOST_NAMED))
    notes.changed(`reads ${name}, which does not come along; if it is needed, add it to options.secrets`);
  const missing = missingCalls(text);
  for (const what of missing) notes.lost(`${what} is not available in a journey: it is paused until that is rewritten`);
  return {
    kind: 'journey',
    url: plain(`${base.origin}/`),
    // Unless the check says otherwise: there it had minutes.
    timeoutSeconds: TIMEOUT[1],
    ...(missing.length === 0 ? {} : { paused: true }),
    options: {
      script: plain(text),
      ...(secrets.length === 0
        ? {}
        : {
            secrets: Object.fromEntries(secrets.map((name) => [name, draft.secret(key, name, given.get(name) ?? '')])),
          }),
    },
  };
}

/** Where it goes first; else the first address that is not in a comment. */
function addressIn(text: string): string | null {
  const lines = text.split('\n');
  const goes = lines.flatMap((line) => (line.includes('goto(') ? [line.slice(line.indexOf('goto('))] : []));
  const said = lines.filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));
  for (const line of [...goes, ...said]) {
    const found = ADDRESS.exec(line)?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

/** Calls that a journey does not have, with the line where each is made first; a few of them. */
function missingCalls(text: string): string[] {
  const lines = new Map<string, number>();
  let line = 1;
  let at = 0;
  for (const found of text.matchAll(CALL)) {
    const [, on = '', call = ''] = found;
    for (; at < found.index; at++) if (text[at] === '\n') line += 1;
    if (HERE.get(on)?.has(call) === false && !lines.has(`${on}.${call}`)) lines.set(`${on}.${call}`, line);
  }
  return [...lines].slice(0, MOST_NAMED).map(([call, where]) => `${call} in line ${where}`);
}
