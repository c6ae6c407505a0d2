import { describe, expect, it } from 'vitest';
import { backoff, topicsOf } from './live.ts';

describe('the live stream', () => {
  it('takes topics out of a message and nothing out of anything else', () => {
    expect(topicsOf('{"topics":["alerts","incident:inc_1"]}')).toEqual(['alerts', 'incident:inc_1']);
    for (const other of ['', 'ping', '{}', '{"topics":3}', '[]', 'null', 7]) expect(topicsOf(other)).toEqual([]);
  });
  it('waits longer each time, never longer than twenty seconds', () => {
    expect(backoff(0, 0.5)).toBe(500);
    expect(backoff(3, 0.5)).toBe(4000);
    expect(backoff(30, 1)).toBeLessThanOrEqual(20_000);
  });
});
