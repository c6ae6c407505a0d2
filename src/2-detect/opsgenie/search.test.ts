import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearch } from './search.ts';

const term = (field: string, value: string) => ({ op: 'term', field, value });

describe('a search of a sender', () => {
  it.each([
    ['', null],
    ['status: open', term('status', 'open')],
    ['status = "Closed"', term('status', 'closed')],
    ['Tags: eu', term('tag', 'eu')],
    ['details.Host: db*', term('details.Host', 'db*')],
    ['disk', term('text', 'disk')],
    ['status: open AND tag: eu', { op: 'and', of: [term('status', 'open'), term('tag', 'eu')] }],
    ['status: open tag: eu', { op: 'and', of: [term('status', 'open'), term('tag', 'eu')] }],
    ['tag: (eu OR "us east")', { op: 'or', of: [term('tag', 'eu'), term('tag', 'us east')] }],
    [
      'NOT alias: a OR (priority: P1 AND source: db1)',
      {
        op: 'or',
        of: [
          { op: 'not', of: term('alias', 'a') },
          { op: 'and', of: [term('priority', 'p1'), term('source', 'db1')] },
        ],
      },
    ],
  ])('reads %s', (query, search) => {
    expect(readSearch(query)).toEqual({ ok: true, search });
  });

  it.each([
    ['createdAt > 1700000000', 'is not understood at “>”'],
    ['owner: ann', 'asks for the field “owner”, which is not known here'],
    ['status: broken', 'asks for status “broken”; it may be open, closed, acked'],
    ['message: "full', 'has a quotation mark that is not closed'],
    ['(status: open', 'has a parenthesis that is not closed'],
    ['status:', 'ends too early'],
    ['status: open)', 'is not understood at “)”'],
    ['a:b:c', 'asks for the field “a”'],
    ['x'.repeat(1_001), 'is longer than 1000 characters'],
    ['a '.repeat(101), 'has more than 100 words'],
    ['a\0b', 'holds a NUL character'],
  ])('says what is wrong with %s', (query, why) => {
    expect(readSearch(query)).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      'status',
      'tag',
      ':',
      '=',
      '(',
      ')',
      'AND',
      'OR',
      'NOT',
      '"',
      'open',
      '<',
      'details.x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 }), (pieces) => {
        expect(typeof readSearch(pieces.join(' ')).ok).toBe('boolean');
      }),
    );
  });
});
