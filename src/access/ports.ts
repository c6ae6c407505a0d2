import type { Ctx } from '#platform/ctx.ts';

/** What this room needs to hear from later ones; each may contribute, wired in `app/compose.ts`. */
export type AccessPorts = {
  /** Sentences that say what deactivating a person would leave with a hole. Reads only. */
  readonly deactivationConsequences: (ctx: Ctx, userId: string) => Promise<readonly string[]>;
  /** What asks a team, in words; a team is removed only when nothing does. Reads only. */
  readonly usesOfTeam: (ctx: Ctx, teamId: string) => Promise<readonly string[]>;
  /** Whether a page would reach the person by a verified contact method. */
  readonly canBePaged: (ctx: Ctx, userId: string) => Promise<boolean>;
};

let connected: AccessPorts = {
  deactivationConsequences: async () => [],
  usesOfTeam: async () => [],
  canBePaged: async () => false,
};

/** Called once per process, before requests are served. */
export function connectAccessPorts(ports: AccessPorts): void {
  connected = ports;
}

export function accessPorts(): AccessPorts {
  return connected;
}
