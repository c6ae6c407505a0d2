import type { Ctx } from '#platform/ctx.ts';

/** What this room needs to hear from later ones, wired in `app/ports.ts`. */
export type MonitorPorts = {
  /** Whether the workspace has an escalation policy of that id in use. Reads only. */
  readonly hasEscalationPolicy: (ctx: Ctx, policyId: string) => Promise<boolean>;
  /** The escalation policies in use, which files call by their names. Reads only. */
  readonly escalationPolicies: (ctx: Ctx) => Promise<{ readonly id: string; readonly name: string }[]>;
  /** Real incidents of any of these services that overlap [from, to). Reads only. */
  readonly incidentsOfServices: (
    ctx: Ctx,
    serviceIds: readonly string[],
    from: Date,
    to: Date,
  ) => Promise<
    {
      readonly id: string;
      readonly reference: string;
      readonly title: string;
      readonly severity: string;
      readonly startedAt: Date;
      readonly endedAt: Date | null;
    }[]
  >;
};

let connected: MonitorPorts = {
  hasEscalationPolicy: async () => false,
  escalationPolicies: async () => [],
  incidentsOfServices: async () => [],
};

/** Called once per process, before requests are served. */
export function connectMonitorPorts(ports: MonitorPorts): void {
  connected = ports;
}

export function monitorPorts(): MonitorPorts {
  return connected;
}
