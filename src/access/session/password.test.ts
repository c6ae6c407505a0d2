import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

it('is kept as a salted hash that only the password fits', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(first).not.toContain('correct horse');
  expect(first).not.toBe(second);
  expect(await verifyPassword('correct horse', first)).toBe(true);
  expect(await verifyPassword('correct house', first)).toBe(false);
});
