import type { Ctx } from '#platform/ctx.ts';

/** What this room needs to hear from later ones, wired in `app/ports.ts`. */
export type DetectPorts = {
  /** The name of an escalation policy in use; null when the workspace has no such policy. Reads only. */
  /** The id of the escalation policy that an alert goes by. Reads only. */
  readonly escalationPolicyFor: (
    ctx: Ctx,
    alert: { readonly serviceId: string | null; readonly policyId: string | null },
  ) => Promise<string>;
  readonly escalationPolicyName: (ctx: Ctx, policyId: string) => Promise<string | null>;
};

let connected: DetectPorts = { escalationPolicyFor: async () => '', escalationPolicyName: async () => null };

/** Called once per process, before requests are served. */
export function connectDetectPorts(ports: DetectPorts): void {
  connected = ports;
}

export function detectPorts(): DetectPorts {
  return connected;
}
