import type { CheckWorld } from '../check/check-run.ts';
import { beginWorld } from '../check/check-world.ts';
import { runCheck } from '../check/run-check.ts';
import { type EngineSetup, USUAL_SETUP } from '../check/engine-options.ts';
import type { Assertion, CheckResult } from '../check/spec.ts';
import { parseOptions, type ProtocolKind } from '../kind/kinds.ts';

export interface Asking {
  /** Options as somebody would give them; the others have their defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly assertions?: readonly Assertion[];
  readonly timeoutMs?: number;
  readonly allowedTargets?: readonly string[];
  readonly setup?: Partial<EngineSetup>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** For tests: asks once, of loopback, as the engine would. */
export async function askForTest(kind: ProtocolKind, url: string, asking: Asking = {}): Promise<CheckResult> {
  const world: CheckWorld = beginWorld(silent, { ...USUAL_SETUP, ...asking.setup });
  const { assertions = [], timeoutMs = 2_000, allowedTargets = ['127.0.0.0/8', '::1/128'] } = asking;
  try {
    return await runCheck(
      {
        monitorId: 'mon_test',
        workspaceId: 'wrk_test',
        ...parseOptions(kind, asking.options ?? {}),
        url,
        intervalMs: 1_000,
        timeoutMs,
        assertions,
        allowedTargets,
        paused: false,
      },
      Date.now(),
      world,
    );
  } finally {
    world.deadlines.close();
  }
}
