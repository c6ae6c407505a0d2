import { createWorkspaceWithOwner, ensureOwner } from '#access';
import { compose, JOBS } from '#app/compose.ts';
import type { Clock } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import type { System } from '#platform/ctx.ts';
import type { DatabasePool } from '#platform/database.ts';
import { createLiveHub } from '#platform/live.ts';
import type { Logger } from '#platform/log.ts';
import { createMemoryJobs, type MemoryJobs } from './jobs.ts';

const OWNER = { email: 'olive@example.com', password: 'correct horse battery' };
export const API_KEY = 'test_key_of_the_owner_0123456789abcdef';
const OWNER_ENV = {
  ALLCLEAR_OWNER_EMAIL: OWNER.email,
  ALLCLEAR_OWNER_PASSWORD: OWNER.password,
  ALLCLEAR_OWNER_API_KEY: API_KEY,
};

/** Whom a workspace starts with. */
export type Founded = { readonly workspaceId: string; readonly userId: string };

/** The product on a migrated database, its jobs in memory. */
export function composeForTest(
  database: DatabasePool['database'],
  clock: Clock,
  log: Logger,
  env: Readonly<Record<string, string>> = {},
): { readonly system: System; readonly jobs: MemoryJobs } {
  const jobs = createMemoryJobs(JOBS, clock.now);
  const composed = compose({
    config: loadConfig({
      ALLCLEAR_PUBLIC_URL: 'http://allclear.test',
      ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
      ...OWNER_ENV,
      ...env,
    }),
    secretKey: 'test-secret-key-test-secret-key-00',
    database,
    jobs,
    live: createLiveHub(),
    log,
    clock,
  });
  return { system: { ...composed, transact: jobs.atCommit(composed.transact) }, jobs };
}

/** A workspace and its owner, with an API key. */
export async function foundWorkspace(system: System, timeZone = 'UTC'): Promise<Founded> {
  const { workspaceId, userId } = await createWorkspaceWithOwner(system, {
    name: 'Acme',
    timeZone,
    owner: { name: 'Olive Owner', ...OWNER, emailVerified: true },
  });
  await ensureOwner(system);
  return { workspaceId, userId };
}
