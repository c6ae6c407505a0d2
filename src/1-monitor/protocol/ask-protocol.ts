import type { Asked } from '../check/answer.ts';
import type { CheckRun, CheckWorld } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import type { CheckSpec, ProtocolSpec, SpecOf } from '../check/spec.ts';
import { parseProtocolTarget, type Target } from '../check/target.ts';
import type { ProtocolKind } from '../kind/kinds.ts';
import type { Protocol } from './protocol.ts';
import { askTcp } from './tcp.ts';

const PROTOCOLS: { readonly [Kind in ProtocolKind]: Protocol<Kind> } = { tcp: askTcp };

/** Asks once in the protocol of the spec's kind. */
export async function askProtocol(run: CheckRun, world: CheckWorld): Promise<Asked> {
  const { spec } = run;
  if (!isProtocolSpec(spec)) throw new TypeError('an HTTP check is asked elsewhere');
  const parsed = parseProtocolTarget(spec.kind, spec.url);
  if (!parsed.ok) return { error: fault('invalid-spec', parsed.fault), received: null };
  return ask(spec, parsed.target, run, world);
}

function ask<Kind extends ProtocolKind>(spec: SpecOf<Kind>, target: Target, run: CheckRun, world: CheckWorld) {
  return PROTOCOLS[spec.kind](spec, target, run, world);
}

function isProtocolSpec(spec: CheckSpec): spec is ProtocolSpec {
  return spec.kind !== 'http';
}
