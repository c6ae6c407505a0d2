/** How a value compares with the one of the monitor, while all is well. */
export const METRIC_TESTS = ['at-least', 'at-most', 'above', 'below', 'equals', 'differs'] as const;
export type MetricTest = (typeof METRIC_TESTS)[number];

/** What must hold of a value: the same for one that is asked for and one that is sent. */
export type Threshold = { readonly test: MetricTest; readonly value: number };

const WORDS: Readonly<Record<MetricTest, string>> = {
  'at-least': 'at least',
  'at-most': 'at most',
  above: 'above',
  below: 'below',
  equals: 'exactly',
  differs: 'anything but',
};

export function holds(measured: number, { test, value }: Threshold): boolean {
  switch (test) {
    case 'at-least':
      return measured >= value;
    case 'at-most':
      return measured <= value;
    case 'above':
      return measured > value;
    case 'below':
      return measured < value;
    case 'equals':
      return measured === value;
    case 'differs':
      return measured !== value;
    default:
      return test satisfies never;
  }
}

/** `at most 90 for 300 s` */
export function thresholdWords({ test, value, forSeconds }: Threshold & { readonly forSeconds: number }): string {
  return `${WORDS[test]} ${shownValue(value)}${forSeconds === 0 ? '' : ` for ${forSeconds} s`}`;
}

/** Six digits, which is what people read. */
export function shownValue(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
