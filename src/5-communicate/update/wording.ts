import type { Severity } from '#declare';
import type { UpdateStatus } from './contract.ts';

/** What stands in angle brackets in the shipped wording. */
export type Variables = {
  /** Names of the affected components, best known first. */
  readonly components: readonly string[];
  /** `14:34 UTC`; null when no next update is promised. */
  readonly nextUpdate: string | null;
  /** A postmortem is owed and will be published. */
  readonly postmortem: boolean;
};

export type Moment = 'first' | 'holding' | 'identified' | 'monitoring' | 'resolved' | 'false-alarm';

export type Wording = {
  readonly id: Moment | 'first-severe';
  readonly name: string;
  readonly status: UpdateStatus;
  readonly severities: readonly Severity[];
  readonly body: string;
};

const ALL: readonly Severity[] = ['SEV1', 'SEV2', 'SEV3', 'SEV4'];

/** The shipped wording: what customers notice, what we do, when we speak again. No causes, no estimates. */
export const WORDINGS: readonly Wording[] = [
  {
    id: 'first-severe',
    name: 'First acknowledgement, grave',
    status: 'investigating',
    severities: ['SEV1'],
    body: 'Many customers cannot use ⟨components⟩. Everybody who can help is working on it. ⟨next update⟩',
  },
  {
    id: 'first',
    name: 'First acknowledgement',
    status: 'investigating',
    severities: ['SEV2', 'SEV3', 'SEV4'],
    body: 'We are investigating reports of trouble with ⟨components⟩. ⟨next update⟩',
  },
  {
    id: 'holding',
    name: 'Holding update',
    status: 'investigating',
    severities: ALL,
    body: 'We are still working on the trouble with ⟨components⟩; nothing has changed for customers since the last update. ⟨next update⟩',
  },
  {
    id: 'identified',
    name: 'Found, being mended',
    status: 'identified',
    severities: ALL,
    body: 'We know where the trouble with ⟨components⟩ is and are putting it right. ⟨next update⟩',
  },
  {
    id: 'monitoring',
    name: 'Service is restored, watching',
    status: 'monitoring',
    severities: ALL,
    body: 'Service of ⟨components⟩ is restored. We are watching that it stays so. ⟨next update⟩',
  },
  {
    id: 'resolved',
    name: 'Resolved',
    status: 'resolved',
    severities: ALL,
    body: 'Service of ⟨components⟩ is restored. We go on looking for the cause⟨postmortem⟩. We are sorry for the trouble.',
  },
  {
    id: 'false-alarm',
    name: 'Correction after a false alarm',
    status: 'resolved',
    severities: ALL,
    body: 'Correction: what we reported about ⟨components⟩ was a false alarm. Customers were not affected.',
  },
];

/** The wording for a moment at a severity. */
export function wordingFor(moment: Moment, severity: Severity): Wording {
  const fitting = WORDINGS.find(({ id, severities }) => id.startsWith(moment) && severities.includes(severity));
  if (!fitting) throw new Error(`Invariant broken: no wording for ${moment} at ${severity}`);
  return fitting;
}

/** Fills the variables in; what is not known reads "some services". */
export function fillWording(body: string, { components, nextUpdate, postmortem }: Variables): string {
  return body
    .replaceAll('⟨components⟩', () => listOf(components))
    .replaceAll('⟨next update⟩', () => (nextUpdate === null ? '' : `Next update by ${nextUpdate}.`))
    .replaceAll('⟨postmortem⟩', () => (postmortem ? ' and will publish a postmortem' : ''))
    .replace(/ {2,}/g, ' ')
    .trim();
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'some services';
  if (names.length > 4) return `${names.slice(0, 3).map(plain).join(', ')} and ${names.length - 3} other services`;
  const words = names.map(plain);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

/** A name stands in Markdown here; its own stars and brackets are only characters. */
function plain(name: string): string {
  return name.replace(/[\\`*_[\]<>#~|]/g, '\\$&');
}
