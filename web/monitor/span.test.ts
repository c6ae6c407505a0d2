import { expect, it } from 'vitest';
import { spanOf, spanSearch, zoomOut, zoomTo } from './span.ts';

const now = new Date('2026-11-25T10:00:12Z');
const long = new Date('2020-01-01T00:00:00Z');
const seconds = (at: string) => Date.parse(at) / 1_000;

it.each([
  [{}, {}],
  [{ window: '1h' }, { window: '1h' }],
  [{ window: '7d' }, { window: '7d' }],
  [{ window: '5y' }, {}],
  [
    { from: '2026-11-24', to: '2026-11-25' },
    { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' },
  ],
  [{ from: '2026-11-25', to: '2026-11-24' }, {}],
  [{ from: 'then', to: 'now' }, {}],
  [{ from: '2026-11-24' }, {}],
])('an address that says %j shows %j', (search, shown) => {
  expect(spanSearch(search)).toEqual(shown);
});

it('is as long as its window, and asks for it by name', () => {
  expect(spanOf({ window: '24h' }, now, '1h', long)).toEqual(spanOf({}, now, '24h', long));
  expect(spanOf({ window: '24h' }, now, '1h', long)).toEqual({
    window: '24h',
    from: seconds('2026-11-24T10:00:30Z'),
    to: seconds('2026-11-25T10:00:30Z'),
    query: { window: '24h' },
  });
});

it('begins no sooner than the monitor did, and is never empty', () => {
  const from = (begun: string) => spanOf({}, now, '1h', new Date(begun)).from;
  expect(from('2026-11-25T09:50:00Z')).toBe(seconds('2026-11-25T09:50:00Z'));
  expect(from('2026-11-25T10:00:12Z')).toBe(seconds('2026-11-25T10:00:00Z'));
});

it('is zoomed into by whole seconds, a minute at least, and not beyond now', () => {
  const of = (from: string, to: string, add = 0) => zoomTo(seconds(from) + add, seconds(to) + add, now);
  expect(of('2026-11-25T09:00:00Z', '2026-11-25T09:10:00Z', 0.4)).toEqual({
    from: '2026-11-25T09:00:00.000Z',
    to: '2026-11-25T09:10:01.000Z',
  });
  expect(of('2026-11-25T09:00:00Z', '2026-11-25T09:00:02Z').to).toBe('2026-11-25T09:01:00.000Z');
  expect(of('2026-11-25T10:00:00Z', '2026-11-25T10:30:00Z')).toEqual({
    from: '2026-11-25T09:59:12.000Z',
    to: '2026-11-25T10:00:12.000Z',
  });
});

it('is zoomed out of to three times its length', () => {
  expect(zoomOut({ from: seconds('2026-11-25T08:00:00Z'), to: seconds('2026-11-25T08:10:00Z') }, now)).toEqual({
    from: '2026-11-25T07:50:00.000Z',
    to: '2026-11-25T08:20:00.000Z',
  });
});
