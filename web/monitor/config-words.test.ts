import { expect, it } from 'vitest';
import { changeWords, variablesIn } from './config-words.ts';

it('finds the variables of files once each, and leaves the plain ones', () => {
  const files = ['a: ${ONE}\nb: $${NOT} ${TWO}${ONE}', 'c: ${1} ${lower_2}'].map((text) => ({ name: 'x', text }));
  expect(variablesIn(files)).toEqual(['ONE', 'TWO', 'lower_2']);
});

it('says what becomes of a field, and of a secret only that it does', () => {
  expect(changeWords({ field: 'tags', from: ['a'], to: [], secret: false }, 'change')).toEqual({
    field: 'tags',
    from: '["a"]',
    to: '[]',
  });
  expect(changeWords({ field: 'x', secret: true }, 'change').to).toBe('(secret) changed');
  expect(changeWords({ field: 'x', to: 5, secret: false }, 'add')).toEqual({ field: 'x', from: null, to: '5' });
});
