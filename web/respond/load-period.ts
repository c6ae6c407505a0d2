export const loadPeriods = [
  { value: 'days30', label: '30 days' },
  { value: 'days90', label: '90 days' },
  { value: 'month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
] as const;
export type LoadPeriod = (typeof loadPeriods)[number]['value'];

export function isLoadPeriod(value: unknown): value is LoadPeriod {
  return loadPeriods.some((period) => period.value === value);
}

/** From and to of a period by the reader's clock; an end that is not said is now. */
export function spanOf(period: LoadPeriod, now: Date): { from?: string; to?: string } {
  const midnight = (month: number, day: number) => new Date(now.getFullYear(), month, day).toISOString();
  const month = now.getMonth();
  switch (period) {
    case 'days30':
      return {};
    case 'days90':
      return { from: midnight(month, now.getDate() - 90) };
    case 'month':
      return { from: midnight(month, 1) };
    case 'last-month':
      return { from: midnight(month - 1, 1), to: midnight(month, 1) };
  }
}
