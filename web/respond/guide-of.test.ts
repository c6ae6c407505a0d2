import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { guideOf } from './guide-of.ts';
import { TOOL_NAMES } from './import-words.ts';

const guide = readFileSync(new URL('../../docs/moving-in.md', import.meta.url), 'utf8');

it.each(Object.values(TOOL_NAMES))('the guide has a script for %s', (name) => {
  const found = guideOf(guide, name);
  expect(found?.lead).toMatch(/^With .*:$/);
  expect(found?.script).toContain('export.json');
  expect(found?.script).not.toContain('```');
});

it('of what it does not speak of there is none', () => {
  expect(guideOf(guide, 'Pager of the future')).toBeUndefined();
});
