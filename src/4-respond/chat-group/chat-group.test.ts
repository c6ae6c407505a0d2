import fc from 'fast-check';
import { expect, it } from 'vitest';
import { membersOf, secondsUntilNextTry } from './chat-group.ts';

const method = (userId: string, address: string, kind = 'slack', verified = true) => ({
  userId,
  kind,
  address,
  verifiedAt: verified ? new Date(0) : null,
});

it('whoever is on call is in it by the first Slack that is verified; whoever has none is named', () => {
  const methods = [
    method('ann', 'UANN'),
    method('ann', 'UANN2'),
    method('bob', 'UBOB', 'slack', false),
    method('cid', 'cid@example.com', 'email'),
    method('dan', 'dan@example.com'),
  ];
  expect(membersOf(['ann', 'bob', 'cid', 'dan'], methods, 'slack')).toEqual({
    userIds: ['ann', 'dan'],
    addresses: ['UANN', 'dan@example.com'],
    missingUserIds: ['bob', 'cid'],
  });
  expect(membersOf([], methods, 'slack')).toEqual({ userIds: [], addresses: [], missingUserIds: [] });
});

it('whoever has no contact method there is known by mail address, where the chat looks people up by that', () => {
  const methods = [method('ann', 'ann', 'mattermost'), method('bob', 'bob', 'mattermost', false)];
  const mails = new Map([
    ['ann', 'ann@example.com'],
    ['bob', 'bob@example.com'],
  ]);
  expect(membersOf(['ann', 'bob', 'cid'], methods, 'mattermost', mails)).toEqual({
    userIds: ['ann', 'bob'],
    addresses: ['ann', 'bob@example.com'],
    missingUserIds: ['cid'],
  });
});

it('is tried again later and later, never sooner than Slack asks for, and seldom after a refusal', () => {
  expect([0, 1, 2, 3].map((tries) => secondsUntilNextTry(tries, { permanent: false }))).toEqual([5, 10, 20, 40]);
  expect(secondsUntilNextTry(0, { permanent: false, retryAfterSeconds: 30 })).toBe(30);
  expect(secondsUntilNextTry(3, { permanent: true })).toBe(900);
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 3_600 }), (tries, retryAfterSeconds) => {
      const seconds = secondsUntilNextTry(tries, { permanent: false, retryAfterSeconds });
      expect(seconds).toBeGreaterThanOrEqual(retryAfterSeconds);
      expect(seconds).toBeLessThanOrEqual(Math.max(300, retryAfterSeconds));
    }),
  );
});
