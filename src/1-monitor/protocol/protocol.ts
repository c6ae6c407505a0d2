import type { CheckRun, CheckWorld } from '../check/check-run.ts';
import type { Asked } from '../check/answer.ts';
import type { SpecOf } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import type { ProtocolKind } from '../kind/kinds.ts';

/**
 * How one kind of monitor is asked. It connects only to addresses that `findAddresses` or `connect` gave it, notes
 * phases in `run`, ends by the run's deadline, and answers what was said (or a fault) instead of throwing.
 */
export type Protocol<Kind extends ProtocolKind> = (
  spec: SpecOf<Kind>,
  target: Target,
  run: CheckRun,
  world: CheckWorld,
) => Promise<Asked>;
