import { describe, expect, it } from 'vitest';
import { subjectOf } from './subject-tag.ts';

describe('a subject', () => {
  it.each([
    ['Cannot pay', 'Cannot pay', null],
    ['Re: Aw:  Cannot\n pay', 'Cannot pay', null],
    ['Re: [#4711] Re: Cannot pay', 'Cannot pay', '4711'],
    ['Cannot pay (#4711)', 'Cannot pay', '4711'],
    ['[Ticket 4711] Cannot pay', 'Cannot pay', '4711'],
    ['[Case: AB-12] Cannot pay', 'Cannot pay', 'AB-12'],
    ['Re: Cannot pay ##RE-99##', 'Cannot pay', 'RE-99'],
    ['Invoice [2026] is wrong', 'Invoice [2026] is wrong', null],
    ['Order #77 is missing', 'Order #77 is missing', null],
    ['[#] nothing', '[#] nothing', null],
    ['Re:', '', null],
  ])('%j is read', (subject, text, number) => expect(subjectOf(subject)).toEqual({ text, number }));

  it('that is made to take long is read at once', () => {
    expect(subjectOf(`${'[#'.repeat(50_000)}${'re: '.repeat(50_000)}`).text.length).toBeLessThanOrEqual(400);
    expect(subjectOf(`[#${'a1-'.repeat(50_000)}`).number).toBeNull();
  });
});
