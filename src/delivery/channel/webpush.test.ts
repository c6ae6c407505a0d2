import { createECDH } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSecrets } from '#platform/secrets.ts';
import { vapidKeys, vapidSubject } from './vapid.ts';
import { notificationOf } from './webpush.ts';

it('has one key pair for an installation, which is a pair', () => {
  const keys = vapidKeys(createSecrets('one secret key of an installation'));
  expect(vapidKeys(createSecrets('one secret key of an installation'))).toEqual(keys);
  expect(vapidKeys(createSecrets('another secret key of another one')).publicKey).not.toBe(keys.publicKey);
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(keys.privateKey, 'base64url');
  expect(curve.getPublicKey('base64url')).toBe(keys.publicKey);
});

it.each([
  ['https://ops.example.com/allclear', 'https://ops.example.com'],
  ['http://localhost:4242', 'mailto:allclear@localhost'],
  ['http://[::1]:4242', 'mailto:allclear@::1'],
])('names a contact for %s', (publicUrl, subject) => {
  expect(vapidSubject({ publicUrl })).toBe(subject);
});

it('shows what fits a lock screen: no links, two buttons, and never more than a push may carry', () => {
  const link = `https://ops.example.com/p/${'t'.repeat(160)}`;
  const action = { kind: 'http', label: 'Acknowledge', url: link } as const;
  const shown = notificationOf(
    {
      subject: 's'.repeat(400),
      text: `Expected 200, got 503.\n\nAcknowledge: ${link}\n\n${'é'.repeat(5_000)}`,
      urgency: 'high',
      url: link,
      actions: [action, action, action],
      credentials: [],
    },
    't'.repeat(32),
  );
  expect(shown.body).toMatch(/^Expected 200, got 503\.\né+$/);
  expect(shown.actions).toHaveLength(2);
  expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(3_900);
});
