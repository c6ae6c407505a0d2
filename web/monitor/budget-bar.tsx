import { clsx } from 'clsx';
import type { Slo } from '#monitor/contract';

/** What is left of a budget, as a bar that is full at the beginning. */
export function BudgetBar({ slo }: { slo: Slo }) {
  const left = Math.max(0, Math.min(100, slo.leftPercent));
  return (
    <div
      role="meter"
      aria-label={`Budget of ${slo.name}`}
      aria-valuenow={left}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${slo.leftPercent} % left`}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={clsx('h-full rounded-full', left > 25 ? 'bg-ok' : left > 0 ? 'bg-warn' : 'bg-bad')}
        style={{ width: `${left}%` }}
      />
    </div>
  );
}
