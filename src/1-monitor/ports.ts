import type { Ctx } from '#platform/ctx.ts';

/** What this room needs to hear from later ones, wired in `app/ports.ts`. */
export type MonitorPorts = {
  /** Whether the workspace has an escalation policy of that id in use. Reads only. */
  readonly hasEscalationPolicy: (ctx: Ctx, policyId: string) => Promise<boolean>;
};

let connected: MonitorPorts = { hasEscalationPolicy: async () => false };

/** Called once per process, before requests are served. */
export function connectMonitorPorts(ports: MonitorPorts): void {
  connected = ports;
}

export function monitorPorts(): MonitorPorts {
  return connected;
}
