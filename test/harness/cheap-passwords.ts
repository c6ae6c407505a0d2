import { scryptSync } from 'node:crypto';
import { vi } from 'vitest';

type Passwords = { readonly verifyPassword: (password: string, passwordHash: string) => Promise<boolean> };

// A real hash costs 100 ms of a core, and a test of the whole product hires many people. Servers in processes of their
// own, the owner of the template, and `password.test.ts` use the real one.
vi.mock('../../src/access/session/password.ts', async (importReal) => {
  const real = await importReal<Passwords>();
  const cheap = (password: string) => `cheap:${scryptSync(password, 'cheap', 32, { N: 2 }).toString('hex')}`;
  return {
    hashPassword: async (password: string) => cheap(password),
    verifyPassword: async (password: string, passwordHash: string) =>
      passwordHash.startsWith('cheap:')
        ? passwordHash === cheap(password)
        : real.verifyPassword(password, passwordHash),
  };
});
