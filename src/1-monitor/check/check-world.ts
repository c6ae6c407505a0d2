import type { CheckWorld } from './check-run.ts';
import { Connectivity } from './connectivity.ts';
import { DeadlineSweep } from './deadline-sweep.ts';
import { type CheckEngineLog, type EngineSetup, USUAL_SETUP } from './engine-options.ts';
import { NameServers } from './name-servers.ts';
import { createResolver } from './resolver.ts';
import { SecureContexts } from './secure-contexts.ts';
import { Slots } from './slots.ts';
import { TargetGuards } from './target-guards.ts';

/** A process each, of about 1 MB. */
const MAX_PINGS = 16;
const MAX_PROGRAMS = 8;
/** A browser each. */
const MAX_JOURNEYS = 2;

/** The real outside of checks: this machine's name servers, sockets and clock. */
export function beginWorld(log: CheckEngineLog, setup: EngineSetup = USUAL_SETUP): CheckWorld {
  const servers = new NameServers();
  const connectivity = new Connectivity(() => servers.areReachable());
  void connectivity.prepare();
  return {
    resolver: createResolver(servers),
    contexts: new SecureContexts(),
    guards: new TargetGuards(),
    deadlines: new DeadlineSweep(),
    connectivity,
    pings: new Slots(MAX_PINGS),
    setup,
    registries: null,
    runs: new Slots(MAX_PROGRAMS),
    journeys: new Slots(MAX_JOURNEYS),
    log,
  };
}
