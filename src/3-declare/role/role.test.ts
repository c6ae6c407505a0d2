import { expect, it } from 'vitest';
import { holdersOf, splitWarning } from './role.ts';

it('shows vacant roles too, in a fixed order', () => {
  expect(holdersOf({ scribe: 'usr_a' }, {}).map(({ role, userId }) => `${role} ${userId}`)).toEqual([
    'incident-commander null',
    'communications-lead null',
    'subject-matter-expert null',
    'scribe usr_a',
  ]);
});

it('warns on SEV1 and SEV2 when the commander has a second job', () => {
  const both = { 'incident-commander': 'usr_a', 'communications-lead': 'usr_a' };
  expect(splitWarning('SEV1', both)).toContain('also communications lead');
  expect(splitWarning('SEV3', both)).toBeNull();
  expect(splitWarning('SEV1', { ...both, 'communications-lead': 'usr_b' })).toBeNull();
  expect(splitWarning('SEV1', { 'incident-commander': 'usr_a', scribe: 'usr_a' })).toBeNull();
});
