import { bodyText, type Answer } from './answer.ts';
import { CHECK_LIMITS } from './limits.ts';
import type { CheckEvidence } from './spec.ts';

const SECRET_HEADER =
  /^(?:set-cookie2?|cookie|.*authorization|www-authenticate|.*(?:token|secret|api-?key|password|session).*)$/i;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** What is kept of a failed check's answer: bounded, with secret headers masked. */
export function collectEvidence(answer: Pick<Answer, 'headers' | 'body'>): CheckEvidence {
  const headers = answer.headers
    .slice(0, CHECK_LIMITS.evidenceHeaders)
    .map(
      ([name, value]) =>
        [name, SECRET_HEADER.test(name) ? '[secret]' : value.slice(0, CHECK_LIMITS.evidenceHeaderLength)] as const,
    );
  const body = answer.body.subarray(0, CHECK_LIMITS.evidenceBodyBytes);
  // The last character may be cut in the middle: then it is dropped, not shown as a replacement.
  const text = bodyText({ headers: answer.headers, body });
  const cut = body.length < answer.body.length ? text.replace(/\uFFFD+$/, '') : text;
  return { headers, bodyStart: cut.replace(CONTROL, '').toWellFormed() };
}
