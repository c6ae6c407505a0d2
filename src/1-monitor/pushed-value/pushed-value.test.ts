import { describe, expect, it } from 'vitest';
import { changeExpectation, type Course, type Expectation, observeValue, takeValue } from './pushed-value.ts';
import { readValue } from './read-value.ts';

const expected: Expectation = { test: 'at-most', threshold: 10, forSeconds: 120, periodSeconds: 60, graceSeconds: 30 };
const none: Course = { lastValue: null, lastValueAt: null, heldAt: null, brokenSince: null, dueAt: null };
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25, 10) + seconds * 1_000);

/** What each of the values is judged to be, as they come. */
function judge(values: readonly (readonly [seconds: number, value: number])[], by = expected): string[] {
  let course = none;
  return values.map(([seconds, value]) => {
    course = takeValue(course, by, value, at(seconds));
    return observeValue({ workspaceId: 'ws', monitorId: 'mon', at: at(seconds) }, course, by).outcome;
  });
}

describe('a value', () => {
  it('is down only when it has not held for so long', () => {
    const values = [[0, 9], [60, 11], [120, 12], [180, 13], [240, 10]] as const; // prettier-ignore
    expect(judge(values)).toEqual(['up', 'up', 'up', 'down', 'up']);
    expect(judge(values, { ...expected, forSeconds: 0 })).toEqual(['up', 'down', 'down', 'down', 'up']);
  });

  it('begins anew after a value that held', () => {
    expect(
      judge([
        [0, 9],
        [60, 11],
        [120, 9],
        [180, 11],
        [240, 11],
      ] as const),
    ).toEqual(['up', 'up', 'up', 'up', 'up']);
  });

  it('that does not hold is unknown for so long where nothing is known of the time before', () => {
    expect(
      judge([
        [0, 11],
        [60, 11],
        [120, 11],
      ] as const),
    ).toEqual(['unknown', 'unknown', 'down']);
    // The silence in between is longer than a value may be late.
    expect(
      judge([
        [0, 9],
        [60, 11],
        [150, 11],
        [210, 11],
        [270, 11],
      ] as const),
    ).toEqual(['up', 'up', 'unknown', 'unknown', 'down']);
  });

  it('counts from the change where another threshold makes it one that does not hold', () => {
    const course = takeValue(none, expected, 9, at(0));
    expect(changeExpectation(course, expected, { ...expected, threshold: 5 }, at(30))).toMatchObject({
      brokenSince: at(30),
      heldAt: at(0),
    });
    const broken = takeValue(none, expected, 11, at(0));
    expect(changeExpectation(broken, expected, { ...expected, threshold: 20 }, at(30)).brokenSince).toBeNull();
    const slower = changeExpectation(broken, expected, { ...expected, periodSeconds: 600 }, at(30));
    expect(slower).toMatchObject({ brokenSince: at(0), dueAt: at(630) });
  });
});

describe('what is sent', () => {
  const read = (query: string, body?: string) =>
    readValue(new Request(`http://a.test/push/x${query}`, body === undefined ? {} : { method: 'POST', body }));

  it.each([
    ['?value=12.5', undefined, 12.5],
    ['?value=-0.5e3', 'ignored', -500],
    ['?value=%201%20', undefined, 1],
    ['', '12.5\n', 12.5],
    ['', 'value=.5', 0.5],
    ['', '{"value": 12.5, "unit": "ms"}', 12.5],
    ['', '5e-324', 5e-324],
    ['', '+7.', 7],
  ])('%j with the body %j is %d', async (query, body, value) => {
    expect(await read(query, body)).toBe(value);
  });

  it.each([
    ['', undefined],
    ['?value=', undefined],
    ['?value=NaN', undefined],
    ['?value=Infinity', undefined],
    ['?value=1e999', undefined],
    ['?value=0x10', undefined],
    ['?value=1,5', undefined],
    ['?value=twelve', '12'],
    ['', ''],
    ['', '\0'],
    ['', '{"value": "12.5"}'],
    ['', '{"value": 1e999}'],
    ['', '{"value": null}'],
    ['', '{"value"'],
    ['', '[12.5]'],
    ['', '{"__proto__": {"value": 1}}'],
    ['', `1${'0'.repeat(5_000)}`],
  ])('%j with the body %j is refused', async (query, body) => {
    await expect(read(query, body)).rejects.toMatchObject({ code: 'invalid' });
  });
});
