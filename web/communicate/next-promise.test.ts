import { describe, expect, it } from 'vitest';
import { promiseChoices, promiseInText, withPromise } from './next-promise.ts';

describe('the promise of the next update', () => {
  it('offers what is sooner than the severity asks for', () => {
    expect(promiseChoices(900)).toEqual([300, 600]);
    expect(promiseChoices(899)).toEqual([300, 600]);
    expect(promiseChoices(null)).toContain(14_400);
  });
  it('finds the time that the text names', () => {
    expect(promiseInText('We are on it. Next update by 14:34 UTC.')).toBe('14:34');
    expect(promiseInText('We are on it.')).toBeUndefined();
  });
  it('moves the promise in the text and leaves the rest', () => {
    const at = new Date('2026-11-23T13:49:10Z');
    expect(withPromise('On it. Next update by 14:34 CET (13:34 UTC). Sorry.', at, 'Europe/Berlin')).toBe(
      'On it. Next update by 14:49 CET (13:49 UTC). Sorry.',
    );
    expect(withPromise('Nothing promised.', at, 'UTC')).toBe('Nothing promised.');
  });
});
