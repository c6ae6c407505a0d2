import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundedKey, instantOf, lineOf, linkOf } from './claim.ts';

it('keeps keys apart however long they are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2_000 }), fc.string({ maxLength: 2_000 }), (a, b) => {
      expect(boundedKey(a).length).toBeLessThanOrEqual(512);
      expect(boundedKey(a) === boundedKey(b)).toBe(a.toWellFormed() === b.toWellFormed());
    }),
  );
  const long = 'x'.repeat(600);
  expect(boundedKey(`${long}1`)).not.toBe(boundedKey(`${long}2`));
});

it.each([
  ['https://example.com/a', 'https://example.com/a'],
  ['HTTP://example.com', 'HTTP://example.com'],
  ['javascript:alert(1)', null],
  ['http://', null],
  ['', null],
  [null, null],
  [`http://example.com/${'x'.repeat(3_000)}`, null],
])('opens the address %s as %s', (text, link) => expect(linkOf(text)).toBe(link));

it.each([
  ['2026-11-25T09:58:00+01:00', '2026-11-25T08:58:00.000Z'],
  ['0001-01-01T00:00:00Z', undefined],
  ['yesterday', undefined],
  [undefined, undefined],
])('reads the time %s as %s', (text, at) => expect(instantOf(text)?.toISOString()).toBe(at));

it('makes one line of text, without halves of characters', () => {
  expect(lineOf('  a\n\t b \ud800 ')).toBe('a b \ufffd');
});
