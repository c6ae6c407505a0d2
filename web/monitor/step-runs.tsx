import { clsx } from 'clsx';
import type { StepRun } from '#monitor/contract';
import { formatMs } from '../ui/format.ts';
import { Glyph } from '../ui/glyph.tsx';

const looks = {
  passed: { glyph: 'check', word: 'passed', text: 'text-ok-text', bar: 'bg-ok' },
  failed: { glyph: 'cross', word: 'failed', text: 'text-bad-text', bar: 'bg-bad' },
  'not-run': { glyph: 'ring', word: 'not run', text: 'text-muted', bar: '' },
} as const;

/** The steps of one check as a waterfall: when each began, how long it took, and where it stopped. */
export function StepRuns({ steps, running = false }: { steps: readonly StepRun[]; running?: boolean }) {
  const scaleMs = Math.max(1, ...steps.map(({ startedMs, tookMs }) => startedMs + tookMs));
  return (
    <ol className="grid gap-1.5" aria-label="Steps">
      {steps.map((step, index) => {
        const look = looks[step.outcome];
        const underWay = running && index === steps.length - 1;
        return (
          <li key={index} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 gap-y-0.5">
            <span className={clsx('flex w-3 justify-center', underWay ? 'text-muted' : look.text)}>
              <Glyph name={underWay ? 'clock' : look.glyph} />
              <span className="sr-only">{underWay ? 'under way' : look.word}</span>
            </span>
            <span dir="auto" className={clsx('truncate', step.outcome === 'not-run' && 'text-muted')} title={step.name}>
              {step.name}
            </span>
            <span className="num text-xs text-muted">
              {step.outcome === 'not-run' ? 'not run' : formatMs(step.tookMs)}
              {step.status === null ? '' : ` · ${step.status}`}
            </span>
            <span aria-hidden="true" className="col-start-2 col-end-4 h-1 rounded-full bg-sunken">
              <span
                className={clsx('block h-1 min-w-0.5 rounded-full', underWay ? 'bg-accent' : look.bar)}
                style={{
                  marginInlineStart: `${(step.startedMs / scaleMs) * 100}%`,
                  width: `${(step.tookMs / scaleMs) * 100}%`,
                }}
              />
            </span>
            {step.error === null ? null : (
              <p className="col-start-2 col-end-4 text-xs break-words text-bad-text">{step.error.message}</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
