import type { System } from '#platform/ctx.ts';
import type { Identity } from './identity.ts';

/** The headers that say who speaks. */
export type Credentials = {
  readonly authorization: string | undefined;
  readonly cookieHeader: string | undefined;
  /** `Allclear-Workspace`: needed only by people in several workspaces. */
  readonly workspaceHeader: string | undefined;
  /** `Allclear-Client`: `cli` marks what the command line does. */
  readonly channelHint: string | undefined;
};

export async function authenticate(_system: System, _credentials: Credentials): Promise<Identity | null> {
  throw new Error('not built yet');
}
