import type { CheckAnswer } from '#monitor/contract';
import { formatMs } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { PhaseBar } from '../ui/phase-bar.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { areActs, StepsView } from './steps-view.tsx';
import { connectionWords } from './connection-words.ts';
import { EvidenceView } from './evidence-view.tsx';
import { PagePicture } from './artefacts.tsx';

/** How a check that is up went: its steps, or where its time went. */
function Course({ answer: { steps, phases, totalMs } }: { answer: CheckAnswer }) {
  if (steps === null) return <PhaseBar phases={phases} legend />;
  return (
    <>
      <StepsView steps={steps} totalMs={totalMs} />
      {areActs(steps) ? null : <PhaseBar phases={phases} legend />}
    </>
  );
}

/** What one check that is not stored found. */
export function TryAnswer({ answer }: { answer: CheckAnswer }) {
  return (
    <Panel className="p-4">
      <div role="status" className="grid gap-3">
        <p className="num flex flex-wrap items-center gap-x-4 gap-y-1">
          <StateWord state={answer.outcome} className="font-medium" />
          {answer.status === null ? null : <span>status {answer.status}</span>}
          <span>{formatMs(answer.totalMs)} in all</span>
          {answer.address === null ? null : <span className="font-mono text-xs text-muted">{answer.address}</span>}
          {answer.connection === null ? null : <span>{connectionWords(answer.connection)}</span>}
        </p>
        {answer.evidence === null ? <Course answer={answer} /> : <EvidenceView evidence={answer.evidence} />}
        {answer.picture === null ? null : <PagePicture base64={answer.picture} />}
      </div>
    </Panel>
  );
}
