import { describe, expect, it } from 'vitest';
import { addSeconds } from '#kernel/duration.ts';
import { normaliseAddress } from './address.ts';
import { codeDigest, codeExpiry, judgeCode, newCode } from './code.ts';

const now = new Date('2026-11-25T10:00:00Z');
const state = { codeDigest: codeDigest('cmt_1', '012345'), codeExpiresAt: codeExpiry(now), codeTries: 0 };

describe('a code', () => {
  it('has six digits', () => {
    expect(newCode()).toMatch(/^\d{6}$/);
  });
  it.each([
    ['right', state, 'cmt_1', '012345', now],
    ['right', state, 'cmt_1', ' 012-345 ', now],
    ['wrong', state, 'cmt_1', '012346', now],
    ['wrong', state, 'cmt_2', '012345', now],
    ['expired', state, 'cmt_1', '012345', addSeconds(now, 1_800)],
    ['too-many-tries', { ...state, codeTries: 6 }, 'cmt_1', '012345', now],
    ['none', { ...state, codeDigest: null }, 'cmt_1', '012345', now],
  ] as const)('is %s', (verdict, stored, method, typed, at) => {
    expect(judgeCode(stored, method, typed, at)).toBe(verdict);
  });
});

describe('an address', () => {
  it('is stored in one form', () => {
    expect(normaliseAddress('email', ' Ann@Example.COM ')).toBe('ann@example.com');
    expect(normaliseAddress('webhook', 'https://EXAMPLE.com/Hook')).toBe('https://example.com/Hook');
    expect(normaliseAddress('ntfy', 'https://ntfy.sh/topic/')).toBe('https://ntfy.sh/topic');
  });
  it.each([
    ['email', 'not an address'],
    ['email', 'a@b'],
    ['webhook', 'ftp://example.com'],
    ['webhook', 'https://user:pw@example.com'],
    ['webhook', 'example.com/hook'],
    ['ntfy', 'https://ntfy.sh'],
  ] as const)('of kind %s is refused when it is %s', (kind, address) => {
    expect(() => normaliseAddress(kind, address)).toThrow('');
  });
});
