import { describe, expect, it } from 'vitest';
import { severityLevel, severityPolicy } from './contract.ts';
import { DEFAULT_LEVELS, DEFAULT_POLICY, isRaised, levelIn } from './severity.ts';

const MINUTE = 60;

describe('the shipped severity policy', () => {
  it('fits its own contract', () => {
    for (const level of DEFAULT_LEVELS) severityLevel.parse(level);
    severityPolicy.parse(DEFAULT_POLICY);
  });

  it('is never silently the gravest: who chooses nothing gets SEV3', () => {
    expect(DEFAULT_POLICY.defaultSeverity).toBe('SEV3');
  });

  it.each([
    ['SEV1', 'now', 15, 15, true],
    ['SEV2', 'now', 30, 30, true],
    ['SEV3', 'business-hours', 30, 30, false],
  ] as const)(
    '%s pages %s, first update within %i min, then every %i min',
    (severity, page, first, every, postmortem) => {
      const level = levelIn(DEFAULT_POLICY, severity);
      expect(level.page).toBe(page);
      expect(level.firstUpdateSeconds?.due).toBe(first * MINUTE);
      expect(level.updateEverySeconds?.promise).toBe(every * MINUTE);
      expect(level.postmortemRequired).toBe(postmortem);
    },
  );

  it('SEV4 pages nobody and owes the public nothing', () => {
    expect(levelIn(DEFAULT_POLICY, 'SEV4')).toMatchObject({
      page: 'none',
      firstUpdateSeconds: null,
      updateEverySeconds: null,
    });
  });

  it('lower numbers are graver', () => {
    expect(isRaised('SEV3', 'SEV1')).toBe(true);
    expect(isRaised('SEV1', 'SEV3')).toBe(false);
    expect(isRaised('SEV2', 'SEV2')).toBe(false);
  });
});
