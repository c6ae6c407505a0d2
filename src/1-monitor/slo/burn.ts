import { DAY_MS, formatDuration } from '#kernel/duration.ts';
import { type Stretch, uptimeOf } from '../state-interval/uptime.ts';

/** The last so many days, or the calendar month in a time zone. */
export type SloWindow =
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'month'; readonly timeZone: string };

export type BurnSeverity = 'critical' | 'warning';

/** Fires while both windows burn at least this fast: the long one proves that it matters, the short one that it goes on. */
export type BurnAlert = {
  readonly longMinutes: number;
  readonly shortMinutes: number;
  readonly burnRate: number;
  readonly severity: BurnSeverity;
};

export const USUAL_ALERTS: readonly BurnAlert[] = [
  { longMinutes: 60, shortMinutes: 5, burnRate: 14.4, severity: 'critical' },
  { longMinutes: 360, shortMinutes: 30, burnRate: 6, severity: 'critical' },
  { longMinutes: 4_320, shortMinutes: 360, burnRate: 1, severity: 'warning' },
];

export type Span = { readonly from: Date; readonly to: Date };

/** The window that an instant lies in. A rolling one ends there; a month has its length whatever its clocks do. */
export function spanOf(window: SloWindow, now: Date): Span {
  if (window.kind === 'rolling') return { from: new Date(now.getTime() - window.days * DAY_MS), to: now };
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(window.timeZone);
  const first = local.toPlainDate().with({ day: 1 });
  const at = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(window.timeZone).epochMilliseconds);
  return { from: at(first), to: at(first.add({ months: 1 })) };
}

/** Downtime that an objective in percent allows in a window, in seconds. */
export function budgetSeconds(objective: number, { from, to }: Span): number {
  return ((to.getTime() - from.getTime()) / 1_000) * shareOf(objective);
}

/** 1 − objective, without the dust of 1 − 0.999. */
function shareOf(objective: number): number {
  return Math.round((100 - objective) * 100_000) / 10_000_000;
}

export type Budget = {
  readonly availability: number | null;
  readonly budgetSeconds: number;
  readonly spentSeconds: number;
  /** Negative when more than all is spent. */
  readonly leftSeconds: number;
};

/**
 * What is left of the budget of a window: downtime spends it, time that is unknown, in maintenance or before the first
 * check does not. The budget is that of the whole window, so that it does not grow while somebody watches.
 */
export function budgetOf(stretches: readonly Stretch[], objective: number, span: Span, now: Date): Budget {
  const { uptimePercent, downSeconds } = uptimeOf(stretches, span.from, span.to, now);
  const all = budgetSeconds(objective, span);
  return { availability: uptimePercent, budgetSeconds: all, spentSeconds: downSeconds, leftSeconds: all - downSeconds };
}

/** How many times faster than the objective allows the last minutes spent: at 1 the budget lasts exactly its window. */
export function burnRateOf(stretches: readonly Stretch[], objective: number, minutes: number, now: Date): number {
  const from = new Date(now.getTime() - minutes * 60_000);
  return uptimeOf(stretches, from, now, now).downSeconds / budgetSeconds(objective, { from, to: now });
}

/** The alert that burns fastest of each severity, with the rate of its long window; null where none fires. */
export type Burning = Readonly<Record<BurnSeverity, { readonly alert: BurnAlert; readonly burnRate: number } | null>>;

export function judgeBurn(
  alerts: readonly BurnAlert[],
  stretches: readonly Stretch[],
  objective: number,
  now: Date,
): Burning {
  const worstOf = (severity: BurnSeverity) => {
    const firing = alerts
      .filter((alert) => alert.severity === severity)
      .map((alert) => ({ alert, burnRate: burnRateOf(stretches, objective, alert.longMinutes, now) }))
      .filter(({ alert, burnRate }) => burnRate >= alert.burnRate)
      .filter(({ alert }) => burnRateOf(stretches, objective, alert.shortMinutes, now) >= alert.burnRate);
    return firing.toSorted((a, b) => b.burnRate - a.burnRate)[0] ?? null;
  };
  return { critical: worstOf('critical'), warning: worstOf('warning') };
}

/** `burns 15.2x: its budget of 43 m 12 s ends in 2 h 00 m`. */
export function burnWords(burnRate: number, budget: Pick<Budget, 'budgetSeconds' | 'leftSeconds'>, objective: number) {
  const all = formatDuration(budget.budgetSeconds);
  const rate = `burns ${Math.floor(burnRate * 10) / 10}x`;
  if (budget.leftSeconds <= 0) return `${rate}: its budget of ${all} is spent`;
  return `${rate}: its budget of ${all} ends in ${formatDuration(budget.leftSeconds / (burnRate * shareOf(objective)))}`;
}

export type BudgetPoint = { readonly at: Date; readonly leftSeconds: number };

/** What was left of the budget along a window, from its start until now, in even steps. */
export function budgetLine(
  stretches: readonly Stretch[],
  objective: number,
  span: Span,
  now: Date,
  steps: number,
): BudgetPoint[] {
  const startMs = span.from.getTime();
  const endMs = Math.min(span.to.getTime(), now.getTime());
  let leftSeconds = budgetSeconds(objective, span);
  const points: BudgetPoint[] = [{ at: span.from, leftSeconds }];
  for (let step = 1; step <= steps; step++) {
    const from = new Date(startMs + ((endMs - startMs) * (step - 1)) / steps);
    const to = new Date(startMs + ((endMs - startMs) * step) / steps);
    // Only what touches the step: merging all of a long history for each of them would take seconds.
    const own = stretches.filter(({ startedAt, endedAt }) => startedAt < to && (endedAt === null || endedAt > from));
    leftSeconds -= uptimeOf(own, from, to, now).downSeconds;
    points.push({ at: to, leftSeconds });
  }
  return points;
}
