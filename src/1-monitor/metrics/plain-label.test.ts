import { expect, it } from 'vitest';
import { plainLabel } from './plain-label.ts';

it.each([
  ['shop.example.com/health', 'shop.example.com/health'],
  ['Is the shop up? #1', 'Is the shop up? #1'],
  ['https://ann:hunter2@shop.example.com/a?token=hunter2#x and more', 'https://shop.example.com/a and more'],
  ['postgres://ann:hunter2@db/shop', 'postgres://db/shop'],
  ['x'.repeat(300), 'x'.repeat(120)],
])('%s', (name, label) => {
  expect(plainLabel(name)).toBe(label);
});
