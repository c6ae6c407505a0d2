import type { Ctx } from '#platform/ctx.ts';

/** What this room needs to hear from later ones, wired in `app/ports.ts`. */
export type DetectPorts = {
  /** The name of an escalation policy in use; null when the workspace has no such policy. Reads only. */
  readonly escalationPolicyName: (ctx: Ctx, policyId: string) => Promise<string | null>;
};

let connected: DetectPorts = { escalationPolicyName: async () => null };

/** Called once per process, before requests are served. */
export function connectDetectPorts(ports: DetectPorts): void {
  connected = ports;
}

export function detectPorts(): DetectPorts {
  return connected;
}
