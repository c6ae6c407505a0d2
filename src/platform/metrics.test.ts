import { expect, it } from 'vitest';
import { renderMetrics } from './metrics.ts';

it('writes what Prometheus reads: help, type, and samples with escaped labels', () => {
  const text = renderMetrics([
    {
      name: 'allclear_monitor_up',
      help: 'Up or\nnot, with a \\.',
      type: 'gauge',
      samples: [
        { labels: { id: 'mon_1', name: 'A "quoted" \\ name\nof two lines' }, value: 1 },
        { labels: { id: 'mon_2' }, value: Number.NaN },
        { value: Infinity },
      ],
    },
    { name: 'allclear_nothing', help: 'Left out.', type: 'counter', samples: [] },
  ]);
  expect(text).toBe(
    [
      '# HELP allclear_monitor_up Up or\\nnot, with a \\\\.',
      '# TYPE allclear_monitor_up gauge',
      'allclear_monitor_up{id="mon_1",name="A \\"quoted\\" \\\\ name\\nof two lines"} 1',
      'allclear_monitor_up +Inf',
      '',
    ].join('\n'),
  );
});
