import { z } from 'zod';

const NOUNS: Partial<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };

/** What a schema refuses without words of its own, in words for people; the rest stays as the library says it. */
function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `expected ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `expected ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `must ${limitOf(issue.origin, 'at most', issue.maximum)}`;
    case 'too_small':
      return `must ${limitOf(issue.origin, 'at least', issue.minimum)}`;
    default:
      return undefined;
  }
}

function limitOf(origin: string, bound: string, limit: number | bigint): string {
  const noun = NOUNS[origin];
  return noun === undefined ? `be ${bound} ${limit}` : `have ${bound} ${limit}${noun}`;
}

function withArticle(type: string): string {
  return /^[aeiou]/i.test(type) ? `an ${type}` : `a ${type}`;
}

/** Once per process, before anything is refused. */
export function speakPlainly(): void {
  z.config({ customError: plainMessage });
}
