import { describe, expect, it } from 'vitest';
import { addSeconds, HOUR_MS } from '#kernel/duration.ts';
import { isCurrent, isStuck, LEASE_SECONDS, nextAttempt, SEND_TIMEOUT_MS } from './delivery.ts';
import { maskAddress, maskSecrets } from './mask.ts';

const now = new Date('2026-11-25T03:00:00Z');

describe('trying again', () => {
  it('waits twice as long after each failure, up to the longest wait of the purpose', () => {
    const waits = Array.from({ length: 11 }, (_, i) => {
      const next = nextAttempt('page', i + 1, now, null);
      return next && (next.getTime() - now.getTime()) / 1_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
    expect(nextAttempt('invite', 12, now, null)).toBeNull();
  });

  it('goes on for a day with a page, every minute in the first hour, every five minutes after it', () => {
    let at = now;
    const gaps = new Map<number, number>();
    for (let attempts = 1; ; attempts++) {
      const next = nextAttempt('page', attempts, at, null);
      if (!next) break;
      const gap = (next.getTime() - at.getTime()) / 60_000;
      if (gap >= 1) gaps.set(gap, (at.getTime() - now.getTime()) / HOUR_MS);
      at = next;
    }
    expect([...gaps.keys()]).toEqual([1, 5]);
    expect(gaps.get(1)).toBeCloseTo(1, 1);
    expect((at.getTime() - now.getTime()) / HOUR_MS).toBeCloseTo(24, 0);
  });

  it('says once that the receiver of a page is away for longer, after some six minutes', () => {
    const tries = Array.from({ length: 40 }, (_, i) => i + 1);
    expect(tries.filter((attempts) => isStuck({ purpose: 'page', attempts }))).toEqual([12]);
    expect(tries.some((attempts) => isStuck({ purpose: 'notice', attempts }))).toBe(false);
  });

  it('outlives a receiver that fails for 15 s, for every purpose but a test', () => {
    for (const purpose of ['page', 'notice', 'subscriber', 'invite'] as const) {
      let at = now;
      for (let attempts = 1; at < addSeconds(now, 15); attempts++) {
        const next = nextAttempt(purpose, attempts, at, null);
        if (!next) throw new Error(`${purpose} gave up`);
        at = next;
      }
      expect(at.getTime()).toBeLessThanOrEqual(addSeconds(now, 31).getTime());
    }
    expect(nextAttempt('test', 1, now, null)).toBeNull();
  });

  it('gives up when the next try would come too late', () => {
    expect(nextAttempt('page', 5, now, addSeconds(now, 10))).toBeNull();
    expect(nextAttempt('page', 2, now, addSeconds(now, 10))).toEqual(addSeconds(now, 2));
  });

  it('holds the lease for longer than a try may take', () => {
    expect(LEASE_SECONDS * 1_000).toBeGreaterThan(SEND_TIMEOUT_MS);
  });
});

describe('a held message', () => {
  const written = { createdAt: now, notAfter: null };
  it('is never current when it is a page or a public update', () => {
    expect(isCurrent({ ...written, purpose: 'page' }, now)).toBe(false);
    expect(isCurrent({ ...written, purpose: 'subscriber' }, now)).toBe(false);
  });
  it('is current for a while when it is a notice, a test or an invitation', () => {
    expect(isCurrent({ ...written, purpose: 'notice' }, addSeconds(now, 3_599))).toBe(true);
    expect(isCurrent({ ...written, purpose: 'notice' }, addSeconds(now, 3_600))).toBe(false);
    expect(isCurrent({ ...written, purpose: 'test' }, addSeconds(now, 3_600))).toBe(true);
    expect(isCurrent({ ...written, purpose: 'invite', notAfter: now }, addSeconds(now, 1))).toBe(false);
  });
});

describe('the outbox', () => {
  it('shows neither codes nor links that act for somebody', () => {
    const token = `cGFnZQ.${'a1'.repeat(32)}`;
    const text = `Code 483920, or https://a.test/p/${token} for inc_0123456789abcdefghjkmnpqr.`;
    expect(maskSecrets(text, ['483920'])).toBe(
      'Code [secret], or https://a.test/p/[secret] for inc_0123456789abcdefghjkmnpqr.',
    );
  });
  it('shows of a webhook or topic only where it is', () => {
    expect(maskAddress('webhook', 'https://hooks.example.com/T0/B1/verysecret?x=1')).toBe(
      'https://hooks.example.com/T0/B…',
    );
    expect(maskAddress('ntfy', 'https://ntfy.sh/my-topic')).toBe('https://ntfy.sh/my-t…');
    expect(maskAddress('email', 'a@b.example')).toBe('a@b.example');
  });
});
