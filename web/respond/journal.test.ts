import { describe, expect, it } from 'vitest';
import { journalOf } from './journal.ts';

const sent = (step: number, cycle: number, minute: number) => ({ step, cycle, at: `2026-11-23T14:0${minute}:00.000Z` });

describe('the journal of a page', () => {
  it('groups messages by step and says why each began', () => {
    const steps = journalOf([sent(1, 1, 0), sent(2, 1, 5), sent(1, 1, 1), sent(1, 2, 9)]);
    expect(steps.map(({ step, cycle, because }) => [step, cycle, because])).toEqual([
      [1, 1, 'began at once'],
      [2, 1, 'because nobody had acknowledged'],
      [1, 2, 'began again: nobody had acknowledged'],
    ]);
    expect(steps[0]?.notices).toHaveLength(2);
  });
  it('names the steps that were passed over', () => {
    expect(journalOf([sent(3, 1, 0)])[0]?.because).toBe('began at once: nobody in steps 1 to 2 can be reached');
    expect(journalOf([sent(1, 1, 0), sent(3, 1, 5)])[1]?.because).toBe(
      'because nobody had acknowledged; nobody in step 2 can be reached',
    );
  });
  it('is empty without messages', () => {
    expect(journalOf([])).toEqual([]);
  });
});
