import type { Secrets } from '#platform/secrets.ts';

const PURPOSE = 'report-form';
/** Nobody reads and fills the form in less. */
const LEAST_MS = 2_000;
/** A form that was left open for longer is shown anew. */
const MOST_MS = 24 * 3_600_000;

export type StampVerdict = 'good' | 'too-quick' | 'not-ours';

/** A signed time that a form carries, so that its age is known when it comes back. */
export function makeStamp(secrets: Secrets, statusPageId: string, now: Date): string {
  const at = String(now.getTime());
  return `${at}.${secrets.sign(PURPOSE, `${statusPageId} ${at}`)}`;
}

/** Whether a form of this page was shown long enough ago to have been filled by a person, and not too long. */
export function judgeStamp(secrets: Secrets, statusPageId: string, stamp: string, now: Date): StampVerdict {
  const [, at = '', signature = ''] = /^(\d{1,16})\.([0-9a-f]{64})$/.exec(stamp) ?? [];
  if (at === '' || !secrets.verify(PURPOSE, `${statusPageId} ${at}`, signature)) return 'not-ours';
  const age = now.getTime() - Number(at);
  if (age < LEAST_MS) return 'too-quick';
  return age > MOST_MS ? 'not-ours' : 'good';
}
