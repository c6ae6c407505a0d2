import { expect, test } from 'vitest';
import { publicNameOf, publicTitleOf, UNNAMED } from './public-name.ts';

test.each([
  '10.0.0.12',
  '127.0.0.1:4300',
  'http://127.0.0.1:4300/health',
  '::1',
  '[::1]:8080',
  'localhost',
  'db.internal',
  'nas.local',
  'shop.example.com:8443',
])('%s stays inside', (name) => {
  expect(publicNameOf(name)).toBe(UNNAMED);
});

test.each(['Checkout', 'shop.example.com', 'Payments API', 'Version 1.2.3.4 of it', 'Mail: inbound', 'Local'])(
  '%s is fit for the public',
  (name) => {
    expect(publicNameOf(name)).toBe(name);
  },
);

test.each([
  ['127.0.0.1:4300 is down: expected 200, got 500', ['Checkout'], 'Trouble with Checkout'],
  ['http://10.0.0.3/health fails', [], 'Trouble with some services'],
  ['db.internal: no answer', ['A', 'B'], 'Trouble with A, B'],
  ['Checkout is down', ['Checkout'], 'Checkout is down'],
  ['Failed checkouts: 5 % of payments', [], 'Failed checkouts: 5 % of payments'],
])('%j is known to the public as it should be', (title, names, shown) => {
  expect(publicTitleOf(title, names)).toBe(shown);
});
