import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barPaths, barsText } from './bars.ts';
import { createClockText, lengthText } from './clock-text.ts';
import { headlineOf } from './headline.ts';
import type { ComponentStatus, PublicDay } from './page.ts';
import { sampleComponent, sampleIncident } from './sample-page.ts';
import { worstOf } from './status.ts';
import { uptimeOf, uptimeText } from './uptime.ts';

const STATUSES = [
  'operational',
  'unknown',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;
const anyStatus = fc.constantFrom<ComponentStatus>(...STATUSES);

describe('uptime', () => {
  test('is rounded down: one lost second is never 100 %', () => {
    expect(uptimeOf([{ downSeconds: 1, observedSeconds: 90 * 86_400 }])).toBe(0.9999);
    expect(uptimeText(0.9999)).toBe('99.99 %');
    expect(uptimeOf([{ downSeconds: 0, observedSeconds: 60 }])).toBe(1);
    expect(uptimeText(1)).toBe('100 %');
  });
  test('is not claimed when nothing was observed', () => {
    expect(uptimeOf([{ downSeconds: 0, observedSeconds: 0 }])).toBeNull();
    expect(uptimeText(null)).toBe('not measured yet');
  });
  test('never claims more than was measured, and reads as it is stored', () => {
    const day = fc.record({ downSeconds: fc.nat(86_400), observedSeconds: fc.nat(86_400) });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 90 }), (days) => {
        const observed = days.reduce((sum, d) => sum + d.observedSeconds, 0);
        const down = Math.min(
          observed,
          days.reduce((sum, d) => sum + d.downSeconds, 0),
        );
        const uptime = uptimeOf(days);
        if (uptime === null) return observed === 0;
        expect(uptime).toBeLessThanOrEqual((observed - down) / observed + 1e-12);
        expect(uptime === 1).toBe(down === 0);
        expect(Number.parseFloat(uptimeText(uptime))).toBeCloseTo(uptime * 100, 6);
        return true;
      }),
    );
  });
});

describe('worst wins', () => {
  test('an outage beats everything, and unknown beats only green', () => {
    expect(worstOf(['operational', 'major_outage', 'unknown'])).toBe('major_outage');
    expect(worstOf(['operational', 'unknown'])).toBe('unknown');
    expect(worstOf(['degraded_performance', 'unknown'])).toBe('degraded_performance');
    expect(worstOf([])).toBeNull();
  });
  test('does not depend on order', () => {
    fc.assert(fc.property(fc.array(anyStatus), (list) => worstOf(list) === worstOf(list.toReversed())));
  });
});

describe('the headline', () => {
  test('is green only when every component is seen to work and nothing is open', () => {
    const incident = fc.record({
      name: fc.constant('X'),
      status: fc.constantFrom('investigating', 'identified', 'monitoring'),
      impact: fc.constantFrom('none', 'minor', 'major', 'critical'),
    } as const);
    fc.assert(
      fc.property(fc.array(anyStatus), fc.array(incident, { maxLength: 2 }), (statuses, incidents) => {
        const { state } = headlineOf(
          statuses.map((status, i) => ({ name: `C${i}`, status })),
          incidents,
        );
        const calm = statuses.length > 0 && statuses.every((s) => s === 'operational') && incidents.length === 0;
        return (state === 'operational') === calm;
      }),
    );
  });
  test.each([
    [
      [
        ['Checkout', 'partial_outage'],
        ['API', 'operational'],
      ],
      'Checkout is partly down',
      'Everything else works.',
    ],
    [
      [
        ['A', 'major_outage'],
        ['B', 'major_outage'],
        ['C', 'degraded_performance'],
      ],
      'A and B are down',
      'C has trouble too.',
    ],
    [
      [
        ['A', 'unknown'],
        ['B', 'operational'],
      ],
      'We cannot see A right now',
      'Everything else works. That does not mean that it is down.',
    ],
    [
      [
        ['A', 'partial_outage'],
        ['B', 'operational'],
        ['C', 'unknown'],
      ],
      'A is partly down',
      'Of the other components, 1 works and 1 is unknown.',
    ],
    [[['A', 'operational']], 'All systems operational', ''],
  ] as const)('%j reads as a sentence', (lines, title, detail) => {
    const headline = headlineOf(
      lines.map(([name, status]) => ({ name, status })),
      [],
    );
    expect(headline.title).toBe(title);
    expect(headline.detail).toBe(detail);
  });
  test('says that we watch when service is restored and the incident is open', () => {
    const incident = sampleIncident({ status: 'monitoring' });
    expect(headlineOf([sampleComponent('cmp_1', 'A')], [incident]).title).toBe(
      'Service is restored, and we are watching it',
    );
  });
});

describe('bars', () => {
  test('draw every day exactly once', () => {
    const day = fc.option(anyStatus, { nil: null }).map((worst) => ({ worst }));
    fc.assert(
      fc.property(fc.array(day, { maxLength: 90 }), (days) => {
        const drawn = days.map(() => 0);
        for (const { path } of barPaths(days)) {
          let at = 0;
          for (const [, command, first] of path.matchAll(/([Mmh])(\d+)/g)) {
            const number = Number(first);
            if (command === 'M') at = number;
            else if (command === 'm') at += number;
            else for (let end = at + number; at < end; at++) drawn[at] = (drawn[at] ?? 0) + 1;
          }
        }
        return drawn.every((count) => count === 1);
      }),
    );
  });
  test('a quiet quarter is one stroke', () => {
    const days = Array.from({ length: 90 }, (): Pick<PublicDay, 'worst'> => ({ worst: 'operational' }));
    expect(barPaths(days)).toEqual([{ className: 'ok', path: 'M0 0h90' }]);
    expect(barsText(days)).toBe('90 days: 90 operational');
  });
});

describe('times', () => {
  const clock = createClockText('Europe/Berlin', '2026-11-23T14:27:08.000Z');
  test.each([
    ['2026-11-23T14:19:00.000Z', '15:19 CET'],
    ['2026-11-22T23:30:00.000Z', '00:30 CET'],
    ['2026-11-21T09:10:00.000Z', '21 Nov, 10:10 CET'],
    ['2025-07-01T09:10:00.000Z', '1 Jul 2025, 11:10 CEST'],
  ])('%s stands as %s on a page in Berlin', (iso, text) => {
    expect(clock.at(iso)).toBe(text);
  });
  test('a promise also names UTC', () => {
    expect(clock.promise('2026-11-23T14:34:00.000Z')).toBe('15:34 CET (14:34 UTC)');
    expect(createClockText('UTC', '2026-11-23T14:27:08.000Z').promise('2026-11-23T14:34:00.000Z')).toBe('14:34 UTC');
  });
  test.each([
    [0, 'under a minute'],
    [59, 'under a minute'],
    [1_080, '18 min'],
    [3_840, '1 h 04 m'],
    [97_200, '1 d 3 h'],
  ])('%i seconds read %s', (seconds, text) => {
    expect(lengthText(seconds)).toBe(text);
  });
});
