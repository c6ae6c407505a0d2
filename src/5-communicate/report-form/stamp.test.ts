import { expect, it } from 'vitest';
import { createSecrets } from '#platform/secrets.ts';
import { judgeStamp, makeStamp } from './stamp.ts';

const secrets = createSecrets('test-secret-key-test-secret-key-00');
const SHOWN = new Date('2026-11-25T10:00:00Z');
const after = (ms: number) => new Date(SHOWN.getTime() + ms);
const stamp = makeStamp(secrets, 'spg_1', SHOWN);

it.each([
  [0, 'too-quick'],
  [1_999, 'too-quick'],
  [2_000, 'good'],
  [86_400_000, 'good'],
  [86_400_001, 'not-ours'],
  [-1, 'too-quick'],
])('a form that comes back after %i ms is %s', (ms, verdict) => {
  expect(judgeStamp(secrets, 'spg_1', stamp, after(ms))).toBe(verdict);
});

it.each([
  ['', 'spg_1'],
  ['1.2', 'spg_1'],
  [stamp.replace(/^\d+/, '1'), 'spg_1'],
  [stamp, 'spg_2'],
])('a forged stamp %# is not ours', (forged, page) => {
  expect(judgeStamp(secrets, page, forged, after(5_000))).toBe('not-ours');
});
