const MAX_READ = 1_000;
const MAX_SUBJECT = 400;
const ANSWERS = /^(?:\s*(?:re|fwd?|aw|wg|sv|vs|antw|rv|tr|odp)\s*:)+\s*/i;
/** `[#4711]`, `(#4711)`, `[Ticket 4711]`, `[Case: AB-12]`, `##4711##`: a number in brackets alone may be anything. */
const TAG =
  /[[(]\s?(?:#|(?:ticket|case|request)\s?[:#-]{0,2}\s?#?)\s?(?<a>[\w-]{0,30}\d[\w-]{0,30})\s?[\])]|##\s?(?<b>[\w-]{0,30}\d[\w-]{0,30})\s?##/i;

/** A subject without what answering put in front of it and without the number of its ticket, and that number. */
export function subjectOf(subject: string): { readonly text: string; readonly number: string | null } {
  const line = subject.replaceAll(/\s+/g, ' ').slice(0, MAX_READ).trim();
  const groups = TAG.exec(line)?.groups;
  const bare = withoutAnswer(withoutAnswer(line).replace(TAG, ' ').replaceAll(/\s+/g, ' ').trim());
  return { text: bare.slice(0, MAX_SUBJECT).toWellFormed(), number: groups?.['a'] ?? groups?.['b'] ?? null };
}

/** A subject without "Re:" and its like. */
export function withoutAnswer(subject: string): string {
  return subject.replace(ANSWERS, '').trim();
}
