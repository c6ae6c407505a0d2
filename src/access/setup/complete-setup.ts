import { invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { System } from '#platform/ctx.ts';
import { beginTry } from '../session/begin-try.ts';
import { createFirstWorkspace, type WorkspaceMade } from '../workspace/create-workspace.ts';
import type { completeSetup as route } from './contract.ts';
import { readOpenSetupCode } from './read-setup.ts';
import { isSetupCode } from './setup-code.ts';

const GUESSES = { failures: 8, windowSeconds: 15 * 60 } as const;

/**
 * The first visit: makes the owner and the workspace. Where others than people on this machine could come first, only
 * with the code that the start printed; `limit` after too many wrong ones from the same address.
 */
export async function completeSetup(
  system: System,
  { setupCode, workspaceName, timeZone, businessHours, ...owner }: RouteInput<typeof route>['body'],
  address: string,
): Promise<WorkspaceMade> {
  if ((await readOpenSetupCode(system)) !== null) await requireCode(system, setupCode ?? '', address);
  return createFirstWorkspace(system, {
    name: workspaceName,
    timeZone,
    businessHours,
    owner: { ...owner, emailVerified: false },
  });
}

async function requireCode(system: System, typed: string, address: string): Promise<void> {
  const guess = await beginTry(system, [{ key: `setup ${address}`, ...GUESSES }], 'Too many wrong setup codes.');
  if (isSetupCode(system.secrets, typed)) return guess.takeBack();
  throw invalid('body.setupCode', 'enter the setup code that the server printed when it started');
}
