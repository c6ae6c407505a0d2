import { type Actor, systemActor } from '#kernel/actor.ts';
import { conflict } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { workspaceCreated } from '../events.ts';
import { hashPassword } from '../session/password.ts';
import { insertAccount, insertMember } from '../user/store.ts';
import type { BusinessHours } from './business-hours.ts';
import { DEFAULT_BUSINESS_HOURS } from './contract.ts';
import { slugOf } from './slug.ts';
import { findWorkspaceIds, insertWorkspace, lockFirstWorkspace } from './store.ts';

export type NewWorkspace = {
  readonly name: string;
  readonly timeZone: string;
  /** Default: Monday to Friday, 09:00 to 17:00. */
  readonly businessHours?: BusinessHours | undefined;
  readonly owner: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    /** True when the operator of the machine vouches for the address. */
    readonly emailVerified: boolean;
  };
};

export type WorkspaceMade = { readonly workspaceId: string; readonly userId: string };

/** Makes a workspace with a new person as its owner and tells later stages, all in one transaction. */
export async function createWorkspaceWithOwner(system: System, wanted: NewWorkspace): Promise<WorkspaceMade> {
  return make(system, wanted, async () => undefined);
}

/** The same, once per installation: of two who try at the same time the later gets `conflict`. */
export async function createFirstWorkspace(system: System, wanted: NewWorkspace): Promise<WorkspaceMade> {
  // Anybody may ask, so the costly hash of a password is made only where it can be of use.
  await refuseSecondSetup(system.database);
  return make(system, wanted, async (ctx) => {
    await lockFirstWorkspace(ctx);
    await refuseSecondSetup(ctx.transaction);
  });
}

async function refuseSecondSetup(database: Database): Promise<void> {
  if ((await findWorkspaceIds(database)).length > 0)
    throw conflict('This installation was already set up by somebody else. Sign in, or ask its owner for an invite.');
}

async function make(system: System, wanted: NewWorkspace, check: (ctx: Ctx) => Promise<void>): Promise<WorkspaceMade> {
  const { owner } = wanted;
  const passwordHash = await hashPassword(owner.password);
  const nowMs = system.clock.now().getTime();
  const made = { workspaceId: newId('ws', nowMs), userId: newId('usr', nowMs) };
  // The owner acts in a workspace that this very transaction makes; the event bus needs both ids from the start.
  const actor: Actor = owner.emailVerified
    ? systemActor('setup')
    : { kind: 'user', userId: made.userId, role: 'owner', channel: 'web' };
  return system.transact({ actor, workspaceId: made.workspaceId }, async (ctx) => {
    await check(ctx);
    await insertWithFreeSlug(ctx, wanted);
    const account = {
      id: made.userId,
      name: owner.name,
      email: owner.email.toLowerCase(),
      emailVerified: owner.emailVerified,
      timeZone: wanted.timeZone,
      passwordHash,
    };
    if (!(await insertAccount(ctx, account))) throw conflict('There is already an account with this email address.');
    await insertMember(ctx, made.userId, 'owner');
    await audit(ctx, {
      action: 'workspace.create',
      subjectId: made.workspaceId,
      detail: { name: wanted.name, timeZone: wanted.timeZone },
    });
    await audit(ctx, { action: 'user.create', subjectId: made.userId, detail: { role: 'owner' } });
    await ctx.publish(workspaceCreated, {
      workspaceId: made.workspaceId,
      ownerId: made.userId,
      emailVerified: owner.emailVerified,
    });
    return made;
  });
}

async function insertWithFreeSlug(ctx: Ctx, wanted: NewWorkspace): Promise<void> {
  const base = slugOf(wanted.name);
  const workspace = {
    id: ctx.workspaceId,
    name: wanted.name,
    timeZone: wanted.timeZone,
    businessHours: wanted.businessHours ?? { ...DEFAULT_BUSINESS_HOURS },
    createdAt: ctx.now,
  };
  for (let number = 1; number <= 100; number++) {
    if (await insertWorkspace(ctx, { ...workspace, slug: number === 1 ? base : `${base}-${number}` })) return;
  }
  throw conflict('Too many workspaces have this name. Choose another one.');
}
