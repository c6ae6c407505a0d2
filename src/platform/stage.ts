import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import type { RouteInput, RouteOutput, RouteSpec } from '#kernel/route.ts';
import type { Ctx, System } from './ctx.ts';
import type { EventBinding } from './events.ts';
import type { JobBinding } from './jobs.ts';
import type { MetricFamily } from './metrics.ts';
import type { Rule } from './rule.ts';
import type { Vital } from './vital.ts';

export type RouteBinding = {
  readonly spec: RouteSpec;
  /** `address` is the caller's IP address, or `local`; for limits on what anybody may try. */
  readonly handle: (ctx: Ctx, input: never, system: System, address: string, prepared: never) => Promise<unknown>;
  /** What is asked before the transaction begins, because it takes long or is outside; with a context for reading only. */
  readonly prepare?: (ctx: Ctx, input: never) => Promise<unknown>;
  /** `bare` handlers get a context without a transaction, for acts that must not hold one open (live tests). */
  readonly mode: 'transaction' | 'read' | 'bare';
};

/**
 * Binds a verb to a route. A GET reads without a transaction; anything else runs in one, with the permission checked,
 * the Idempotency-Key honoured and the response shaped by the route's schema.
 */
export function bind<S extends RouteSpec>(
  spec: S,
  handle: (ctx: Ctx, input: RouteInput<S>, system: System, address: string) => Promise<RouteOutput<S>>,
  mode?: 'bare',
): RouteBinding {
  return { spec, handle, mode: mode ?? (spec.method === 'get' ? 'read' : 'transaction') };
}

/** Binds a verb to a route that asks for something first, which its transaction must not wait for. */
export function bindPrepared<S extends RouteSpec, Prepared>(
  spec: S,
  prepare: (ctx: Ctx, input: RouteInput<S>) => Promise<Prepared>,
  handle: (ctx: Ctx, input: RouteInput<S>, prepared: Prepared) => Promise<RouteOutput<S>>,
): RouteBinding {
  return {
    spec,
    prepare,
    handle: (ctx: Ctx, input: RouteInput<S>, _system, _address, prepared: Prepared) => handle(ctx, input, prepared),
    mode: 'transaction',
  };
}

/** Everything a room of the house brings to the process. `stage.ts` of each room exports one. */
export type Stage = {
  readonly name: string;
  readonly routes: readonly RouteBinding[];
  readonly jobs: readonly JobBinding[];
  readonly rules: readonly Rule[];
  readonly on: readonly EventBinding[];
  /** HTTP outside `/api/v1`: intake, heartbeats, public pages, links in mails. */
  readonly mount?: (app: Hono, system: System) => void;
  /** What `/metrics` says of this room, as whoever asks may see it. Reads only. */
  readonly metrics?: (ctx: Ctx, system: System) => Promise<readonly MetricFamily[]>;
  /** Whether what this room owes by the clock is done; of the whole installation. Reads only. */
  readonly vitals?: (system: System, now: Date) => Promise<readonly Vital[]>;
  /** Answers prebuilt bytes in front of the router; returns whether it has answered. */
  readonly front?: (system: System) => (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Long-running parts that belong to a role; each returns the way to stop. */
  readonly services?: readonly StageService[];
};

export type StageService = {
  readonly name: string;
  readonly role: 'web' | 'worker' | 'scheduler' | 'probe';
  readonly start: (system: System) => Promise<() => Promise<void>>;
};
