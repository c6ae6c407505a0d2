import { getTrial } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Spinner } from '../ui/button.tsx';
import { Panel } from '../ui/panel.tsx';
import { PagePicture } from './artefacts.tsx';
import { StepsView } from './steps-view.tsx';

const LOOK_MS = 500;

/** A name for one trial; chance enough that no other has it. */
export function newTrial(): string {
  return Array.from({ length: 24 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
}

/** A journey while it goes: its steps so far, and the page as it is. */
export function TrialProgress({ trial }: { trial: string }) {
  const { data } = useRead(getTrial, { query: { trial } }, [], { refetchInterval: LOOK_MS });
  const steps = data?.steps ?? [];
  return (
    <Panel className="grid gap-3 p-4">
      <p className="flex items-center gap-2.5 text-muted">
        <Spinner />{' '}
        <span role="status">{steps.length === 0 ? 'The browser is starting' : 'The journey is under way'}</span>
      </p>
      {steps.length === 0 ? null : <StepsView steps={steps} running />}
      {data?.picture ? <PagePicture base64={data.picture} words="The page at this moment" /> : null}
    </Panel>
  );
}
