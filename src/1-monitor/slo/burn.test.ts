import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stretch } from '../state-interval/uptime.ts';
import type { MonitorState } from '../verdict/contract.ts';
import { budgetLine, budgetOf, burnRateOf, burnWords, judgeBurn, spanOf, USUAL_ALERTS } from './burn.ts';

const NOW = new Date('2026-11-25T10:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
/** States from so many minutes ago until the next one begins. */
const story = (...parts: readonly (readonly [minutes: number, state: MonitorState])[]): Stretch[] =>
  parts.map(([minutes, state], index) => {
    const next = parts[index + 1];
    return { state, startedAt: ago(minutes), endedAt: next ? ago(next[0]) : null, drill: false };
  });
const month = { kind: 'rolling', days: 30 } as const;

describe('a window', () => {
  it('of days ends now', () => {
    expect(spanOf({ kind: 'rolling', days: 7 }, NOW)).toEqual({ from: new Date('2026-11-18T10:00:00Z'), to: NOW });
  });
  it('of a month begins and ends at midnights of its zone', () => {
    expect(spanOf({ kind: 'month', timeZone: 'Europe/Berlin' }, new Date('2027-03-31T23:00:00Z'))).toEqual({
      from: new Date('2027-03-31T22:00:00Z'),
      to: new Date('2027-04-30T22:00:00Z'),
    });
  });
});

describe('the budget', () => {
  it('of 99.9 % over 30 days is 43 min 12 s, and downtime spends it', () => {
    const budget = budgetOf(story([50_000, 'up'], [20, 'down'], [10, 'up']), 99.9, spanOf(month, NOW), NOW);
    expect(budget).toMatchObject({ budgetSeconds: 2_592, spentSeconds: 600, leftSeconds: 1_992 });
    expect(budget.availability).toBe(99.976);
  });
  it('is not spent by what is unknown, paused or not yet watched', () => {
    const budget = budgetOf(story([500, 'unknown'], [300, 'paused'], [100, 'up']), 99.9, spanOf(month, NOW), NOW);
    expect(budget).toMatchObject({ spentSeconds: 0, leftSeconds: 2_592 });
  });
  it('of a line ends where the sum does, for every history', () => {
    const states = fc.constantFrom<MonitorState>('up', 'degraded', 'down', 'unknown', 'paused');
    const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 50_000 }), states), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 50 }), (parts, steps) => {
        const all = story(...parts.toSorted((a, b) => b[0] - a[0]));
        const span = spanOf(month, NOW);
        const line = budgetLine(all, 99, span, NOW, steps);
        expect(line.at(-1)?.leftSeconds).toBeCloseTo(budgetOf(all, 99, span, NOW).leftSeconds, 3);
        for (const [index, point] of line.entries())
          expect(point.leftSeconds).toBeLessThanOrEqual((line[index - 1]?.leftSeconds ?? point.leftSeconds) + 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the burn rate', () => {
  it('is 1 when the window spends exactly its share', () => {
    // 0.1 % of 1,000 minutes.
    expect(burnRateOf(story([2_000, 'up'], [1, 'down']), 99.9, 1_000, NOW)).toBeCloseTo(1, 9);
  });
  it('pages when an hour and its last five minutes burn 14.4 times', () => {
    const firing = (minutes: number) =>
      judgeBurn(USUAL_ALERTS, story([9_000, 'up'], [minutes, 'down']), 99.9, NOW).critical?.alert.longMinutes;
    // 14.4 times 0.1 % of an hour is 52 seconds.
    expect(firing(0.8)).toBeUndefined();
    expect(firing(0.9)).toBe(60);
  });
  it('does not page for what is over: the short window is calm again', () => {
    const burning = judgeBurn(USUAL_ALERTS, story([9_000, 'up'], [20, 'down'], [15, 'up']), 99.9, NOW);
    expect(burning.critical?.alert.longMinutes).toBe(360);
    expect(judgeBurn(USUAL_ALERTS, story([9_000, 'up'], [65, 'down'], [60, 'up']), 99.9, NOW).critical).toBeNull();
  });
  it('warns of a slow leak that lasts for days', () => {
    const minutes = Array.from({ length: 72 }, (_, hour) => [
      [(72 - hour) * 60, 'down'],
      [(72 - hour) * 60 - 0.1, 'up'],
    ]).flat() as [number, MonitorState][];
    const burning = judgeBurn(USUAL_ALERTS, story([9_000, 'up'], ...minutes), 99.9, NOW);
    expect(burning.critical).toBeNull();
    expect(burning.warning?.burnRate).toBeGreaterThan(1.6);
  });
  it('is said with what it comes to', () => {
    expect(burnWords(15.27, { budgetSeconds: 2_592, leftSeconds: 110 }, 99.9)).toBe(
      'burns 15.2x: its budget of 43 m ends in 2 h 00 m',
    );
    expect(burnWords(100, { budgetSeconds: 2_592, leftSeconds: -5 }, 99.9)).toBe(
      'burns 100x: its budget of 43 m is spent',
    );
  });
});
