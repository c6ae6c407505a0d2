import { expect, it } from 'vitest';
import { slugOf } from './slug.ts';

it.each([
  ['Acme', 'acme'],
  ['Müller & Sons GmbH', 'muller-sons-gmbh'],
  ['  --x--  ', 'x'],
  ['株式会社', 'workspace'],
  ['a'.repeat(60), 'a'.repeat(40)],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
