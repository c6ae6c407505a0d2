import { bodyText, type Answer } from '../check/answer.ts';
import { readJson, textOfJson } from '../check/json-assertion.ts';
import { selectJson } from '../check/json-path.ts';
import { findPattern } from '../check/pattern.ts';
import { headerValue } from '../check/response-head.ts';
import type { Taken } from '../kind/api.ts';
import type { CookieJar } from './cookie-jar.ts';

/** What was taken; or, as the end of "expected … to take {{name}} from, got …", what was there instead. */
export type TakeOutcome =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly expected: string; readonly got: string }
  | { readonly ok: false; readonly fault: string };

const MAX_LENGTH = 16_384;

/** Looks for a value in an answer. */
export function takeValue({ name, from, source }: Taken, answer: Answer, cookies: CookieJar): TakeOutcome {
  const missing = (where: string, got: string): TakeOutcome => ({
    ok: false,
    expected: `${where} to take {{${name}}} from`,
    got,
  });
  const given = (where: string, value: string | null): TakeOutcome => {
    if (value === null) return missing(where, 'none');
    if (value.length > MAX_LENGTH) return missing(where, `one of ${value.length} characters, more than ${MAX_LENGTH}`);
    return { ok: true, value };
  };
  switch (from) {
    case 'header':
      return given(`a header ${source}`, headerValue(answer.headers, source.toLowerCase()));
    case 'cookie':
      return given(`a cookie ${source}`, cookies.value(source));
    case 'body': {
      const found = findPattern(source, bodyText(answer));
      return found.ok ? given(`a body that matches "${source}"`, found.text) : found;
    }
    case 'json': {
      const body = readJson(bodyText(answer));
      if (!body.ok) return missing(`a value at ${source}`, 'a body that is not JSON');
      const found = selectJson(source, body.value);
      if (!found.ok) return found;
      return given(`a value at ${source}`, found.values.length === 0 ? null : textOfJson(found.values[0]));
    }
    default:
      return from satisfies never;
  }
}
