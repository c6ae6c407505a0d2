import { AppError, invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { System } from '#platform/ctx.ts';
import { createSignInLimit } from '../session/sign-in-limit.ts';
import { createFirstWorkspace, type WorkspaceMade } from '../workspace/create-workspace.ts';
import type { completeSetup as route } from './contract.ts';
import { readOpenSetupCode } from './read-setup.ts';
import { isSetupCode } from './setup-code.ts';

const limit = createSignInLimit({ failures: 8, windowSeconds: 15 * 60 });

/**
 * The first visit: makes the owner and the workspace. Where others than people on this machine could come first, only
 * with the code that the start printed; `limit` after too many wrong ones from the same address.
 */
export async function completeSetup(
  system: System,
  { setupCode, workspaceName, timeZone, businessHours, ...owner }: RouteInput<typeof route>['body'],
  address: string,
): Promise<WorkspaceMade> {
  if ((await readOpenSetupCode(system)) !== null) requireCode(system, setupCode ?? '', address);
  return createFirstWorkspace(system, {
    name: workspaceName,
    timeZone,
    businessHours,
    owner: { ...owner, emailVerified: false },
  });
}

/** Nothing is awaited between looking at the limit and counting, so many tries at once do not all pass. */
function requireCode(system: System, typed: string, address: string): void {
  const nowMs = system.clock.now().getTime();
  const wait = limit.waitSeconds([address], nowMs);
  if (wait > 0) {
    throw new AppError('limit', `Too many wrong setup codes. Try again in ${Math.ceil(wait / 60)} min.`, {
      retryAfterSeconds: wait,
    });
  }
  if (isSetupCode(system.secrets, typed)) return;
  limit.noteFailure([address], nowMs);
  throw invalid('body.setupCode', 'enter the setup code that the server printed when it started');
}
