import { expect, it } from 'vitest';
import { maskOf } from './mask.ts';

it('masks a secret in the ways in which it is written', () => {
  const mask = maskOf(['pa ss&"1', 'pa ss&"1 and more', 'ab']);
  expect(mask('x pa ss&"1 y')).toBe('x [secret] y');
  expect(mask('pa ss&"1 and more')).toBe('[secret]');
  expect(mask('?p=pa%20ss%26%221&q=pa+ss%26%221')).toBe('?p=[secret]&q=[secret]');
  expect(mask(JSON.stringify({ p: 'pa ss&"1' }))).toBe('{"p":"[secret]"}');
  expect(mask('about')).toBe('about');
});
