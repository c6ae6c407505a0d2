import type { StepRun } from '#monitor/contract';
import { formatMs } from '../ui/format.ts';
import { PhaseBar } from '../ui/phase-bar.tsx';
import { StateWord } from '../ui/state-badge.tsx';

const states = { passed: 'up', failed: 'failed', 'not-run': 'skipped' } as const;

/** Whether steps are acts in a browser, not requests. */
export function areActs(steps: readonly StepRun[]): boolean {
  return steps.every(({ phases }) => phases === null);
}

/** How each step of one check went, on one scale of time: what waited for what, and where it broke. */
export function StepsView({
  steps,
  totalMs = 0,
  running = false,
}: {
  steps: readonly StepRun[];
  totalMs?: number;
  /** The last one is still under way. */
  running?: boolean;
}) {
  const endMs = Math.max(totalMs, ...steps.map(({ startedMs, tookMs }) => startedMs + tookMs), 1);
  return (
    <ol aria-label="Steps" className="@container grid gap-3">
      {steps.map((step, at) => (
        <li key={at} className="grid gap-1">
          <StepLine step={step} number={at + 1} endMs={endMs} underWay={running && at === steps.length - 1} />
          <StepDetail step={step} />
        </li>
      ))}
    </ol>
  );
}

function StepLine({
  step,
  number,
  endMs,
  underWay,
}: {
  step: StepRun;
  number: number;
  endMs: number;
  underWay: boolean;
}) {
  const ran = step.outcome !== 'not-run';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 @2xl:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_10rem]">
      <p className="flex min-w-0 gap-2">
        <span className="num text-muted">{number}.</span>
        <bdi className={ran ? 'min-w-0 break-words' : 'min-w-0 break-words text-muted'}>{step.name}</bdi>
      </p>
      <p className="num flex items-center justify-end gap-2 text-xs @2xl:order-last">
        {step.status === null ? null : <span className="text-muted">{step.status}</span>}
        {ran ? <span>{formatMs(step.tookMs)}</span> : null}
        {underWay ? (
          <span className="text-muted">under way</span>
        ) : step.outcome === 'passed' ? (
          <span className="sr-only">passed</span>
        ) : (
          <StateWord state={states[step.outcome]} className="text-xs" />
        )}
      </p>
      <div className="col-span-2 h-2 rounded-full bg-sunken @2xl:col-span-1">
        {ran ? (
          <div
            className="h-2"
            style={{
              marginInlineStart: `${Math.min(99, (step.startedMs / endMs) * 100)}%`,
              width: `${Math.max(1, (step.tookMs / endMs) * 100)}%`,
            }}
          >
            {step.phases === null ? (
              <div className={`h-2 rounded-full ${barColour(step, underWay)}`} />
            ) : (
              <PhaseBar phases={step.phases} fit />
            )}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function barColour({ outcome }: StepRun, underWay: boolean): string {
  if (underWay) return 'bg-accent';
  return outcome === 'failed' ? 'bg-bad' : 'bg-ok';
}

function StepDetail({ step }: { step: StepRun }) {
  if (step.failures.length === 0 && step.error === null && step.values.length === 0) return null;
  return (
    <div className="grid gap-1 ps-6 text-sm">
      {step.failures.map(({ expected, got }) => (
        <p key={expected} className="break-words">
          <span className="text-muted">expected</span> {expected}, <span className="text-muted">got</span>{' '}
          <span className="text-bad-text">{got}</span>
        </p>
      ))}
      {step.error === null ? null : <p className="break-words text-bad-text">{step.error.message}</p>}
      {step.values.length === 0 ? null : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 font-mono text-xs">
          {step.values.map(([name, value]) => (
            <li key={name} className="max-w-full break-all">
              <span className="text-muted">{name} =</span> {value}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
