import type { Evidence } from '#monitor/contract';
import { formatMs } from '../ui/format.ts';
import { areActs, StepsView } from './steps-view.tsx';
import { PhaseBar } from '../ui/phase-bar.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { Artefacts } from './artefacts.tsx';
import { connectionWords } from './connection-words.ts';

/** Everything that one failed check left behind: enough to believe it without asking again. */
export function EvidenceView({ evidence }: { evidence: Evidence }) {
  // Its steps are acts in a browser, and what is kept as the body is what the pages said meanwhile.
  const isJourney = evidence.steps !== undefined && areActs(evidence.steps);
  // The step that failed says so already.
  const isTold = evidence.steps?.some(({ error }) => error !== null && error.message === evidence.error?.message);
  return (
    <div className="grid gap-4">
      {evidence.steps === undefined || (isJourney && isTold !== true) ? <WhatFailed evidence={evidence} /> : null}
      {evidence.steps === undefined ? null : <StepsView steps={evidence.steps} totalMs={evidence.totalMs} />}
      {isJourney ? null : <PhaseBar phases={evidence.phases} legend />}
      {evidence.artefacts === undefined ? null : <Artefacts kept={evidence.artefacts} />}
      <dl className="num grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-muted [&_dd]:min-w-0 [&_dd]:break-words [&_dd]:text-text">
        <dt>Took</dt>
        <dd>{formatMs(evidence.totalMs)}</dd>
        {isJourney ? null : (
          <>
            <dt>Status</dt>
            <dd>{evidence.status ?? 'no answer'}</dd>
          </>
        )}
        {evidence.location === undefined ? null : (
          <>
            <dt>Asked from</dt>
            <dd>{evidence.location}</dd>
          </>
        )}
        {evidence.connection === undefined ? null : (
          <>
            <dt>Asked by</dt>
            <dd>{connectionWords(evidence.connection)}</dd>
          </>
        )}
        <dt>Address</dt>
        <dd className="font-mono text-xs leading-5">{evidence.address ?? 'not resolved'}</dd>
        {evidence.certificateExpiresAt === null ? null : (
          <>
            <dt>Valid until</dt>
            <dd>
              <RelativeTime at={evidence.certificateExpiresAt} />
            </dd>
          </>
        )}
      </dl>
      {evidence.headers.length === 0 ? null : (
        <Code title="Headers">{evidence.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</Code>
      )}
      {evidence.bodyStart === '' ? null : (
        <Code title={isJourney ? 'What the pages said' : 'Start of the body'}>{evidence.bodyStart}</Code>
      )}
    </div>
  );
}

function WhatFailed({ evidence }: { evidence: Evidence }) {
  return (
    <>
      {evidence.failures.length === 0 ? null : (
        <ul className="grid gap-1">
          {evidence.failures.map(({ expected, got }) => (
            <li key={expected}>
              <span className="text-muted">expected</span> {expected}, <span className="text-muted">got</span>{' '}
              <span className="text-bad-text">{got}</span>
            </li>
          ))}
        </ul>
      )}
      {evidence.error === null ? null : (
        <p className="text-bad-text">
          {evidence.error.message} <code className="font-mono text-xs text-muted">{evidence.error.kind}</code>
        </p>
      )}
    </>
  );
}

function Code({ title, children }: { title: string; children: string }) {
  return (
    <div>
      <h3 className="mb-1 text-xs text-muted">{title}</h3>
      <pre
        tabIndex={0}
        aria-label={title}
        className="max-h-64 overflow-auto rounded-control bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap"
      >
        {children}
      </pre>
    </div>
  );
}
