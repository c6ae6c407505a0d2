import type { Asked } from './answer.ts';
import { needsBody } from './assertions.ts';
import { seconds } from './describe-result.ts';
import {
  connectShareMs,
  noteReached,
  recordExchange,
  remainingMs,
  type CheckWorld,
  type HttpRun,
} from './check-run.ts';
import { Exchange, peerName, type ExchangeAsk, type ExchangeEnd } from './exchange.ts';
import { describeTimeout, fault } from './faults.ts';
import { findAddresses, isWorthAnother } from './find-addresses.ts';
import { askNode } from './node-exchange.ts';
import type { CheckRequest, PreparedRequest } from './request.ts';
import { ResponseParser } from './response-parser.ts';
import { CHECK_LIMITS } from './limits.ts';
import type { CheckError, CheckTls } from './spec.ts';
import type { Target } from './target.ts';

interface Attempt {
  readonly end: ExchangeEnd;
  readonly parser: ResponseParser;
}

const SYSTEM_TLS: CheckTls = {};

/** Asks a target once, over each of its addresses in turn until one accepts a connection. */
export async function askTarget(
  target: Target,
  { request, bytes }: PreparedRequest,
  run: HttpRun,
  world: CheckWorld,
): Promise<Asked> {
  const found = await findAddresses(target, run, world);
  if (!found.ok) return { error: found.error, received: null };
  const { addresses } = found;
  for (const [index, address] of addresses.entries()) {
    run.address = address;
    const last = index === addresses.length - 1;
    const attempt = await askAddress(target, address, bytes, last, run, world);
    const { error } = attempt.end;
    const next = !last && !run.deadline.passed && attempt.end.step === 'connecting';
    if (next && error !== null && isWorthAnother(error)) continue;
    recordExchange(run, attempt.end);
    if (attempt.end.connectedMs !== null) noteReached(address, run, world);
    if (error?.kind === 'protocol') return secondOpinion(target, address, request, error, run, world);
    return { error, received: receivedOf(attempt.parser) };
  }
  return { error: fault('unreachable', `no address of ${target.host} accepts connections`), received: null };
}

async function askAddress(
  target: Target,
  address: string,
  bytes: Buffer,
  last: boolean,
  run: HttpRun,
  world: CheckWorld,
): Promise<Attempt> {
  const peer = peerName(address, target.port);
  const defaults = target.secure && world.contexts.usesDefaults(peer);
  const first = await exchange(target, address, bytes, last, defaults, run, world);
  if (!target.secure || defaults || first.end.step !== 'tls' || run.deadline.passed) return first;
  const kind = first.end.error?.kind;
  if (kind !== 'tls' && kind !== 'reset') return first;
  // Perhaps it speaks none of our quick groups: once more with OpenSSL's own.
  const second = await exchange(target, address, bytes, last, true, run, world);
  if (second.end.securedMs !== null) world.contexts.useDefaults(peer);
  return second;
}

function exchange(
  target: Target,
  address: string,
  request: Buffer,
  last: boolean,
  defaults: boolean,
  run: HttpRun,
  world: CheckWorld,
): Promise<Attempt> {
  const parser = parserFor(run);
  const ask: ExchangeAsk = {
    address,
    port: target.port,
    host: target.host,
    request,
    parser,
    secure: secureFor(target, defaults, run, world),
  };
  return new Promise((resolve) => {
    const share = last ? null : world.deadlines.add(performance.now() + connectShareMs(run));
    const asking = new Exchange(ask, (end) => {
      run.deadline.onPass = null;
      if (share !== null) world.deadlines.remove(share);
      resolve({ end, parser });
    });
    run.deadline.onPass = () => asking.stop(describeTimeout(run.spec.timeoutMs, asking.step));
    if (share !== null) {
      share.onPass = () => {
        const message = `${peerName(address, target.port)} accepted no connection within ${seconds(connectShareMs(run))}`;
        if (asking.step === 'connecting') asking.stop(fault('timeout', message));
      };
    }
  });
}

function secureFor(target: Target, defaults: boolean, run: HttpRun, world: CheckWorld): ExchangeAsk['secure'] {
  if (!target.secure) return null;
  const tls = run.spec.tls ?? SYSTEM_TLS;
  return { context: world.contexts.for(tls, defaults), verify: tls.skipVerification !== true };
}

export function parserFor(run: HttpRun): ResponseParser {
  const { spec } = run;
  return new ResponseParser(spec.method === 'HEAD', {
    headBytes: CHECK_LIMITS.responseHeadBytes,
    headers: CHECK_LIMITS.responseHeaders,
    bodyBytes: spec.maxBodyBytes,
    keepBytes: keepBytesOf(run),
  });
}

/** How much of the body somebody will look at. */
export function keepBytesOf({ spec, keepsBody = needsBody(spec) }: HttpRun): number {
  return keepsBody ? spec.maxBodyBytes : CHECK_LIMITS.evidenceBodyBytes;
}

export function receivedOf(parser: ResponseParser): Asked['received'] {
  const { head } = parser;
  return head === null ? null : { status: head.status, headers: head.headers, body: parser.body() };
}

/** A fault in parsing counts only when node:http finds one too: our parser's mistake must not alarm anybody. */
async function secondOpinion(
  target: Target,
  address: string,
  request: CheckRequest,
  ours: CheckError,
  run: HttpRun,
  world: CheckWorld,
): Promise<Asked> {
  const defaults = world.contexts.usesDefaults(peerName(address, target.port));
  const limits = { timeoutMs: Math.max(remainingMs(run), 1_000), maxBodyBytes: run.spec.maxBodyBytes };
  const theirs = await askNode(target, address, request, secureFor(target, defaults, run, world), limits);
  if (theirs === null)
    return { error: fault('protocol', `the answer is not valid HTTP: ${ours.message}`), received: null };
  world.log.warn(
    { monitorId: run.spec.monitorId, refusedBecause: ours.message },
    'response refused by the check parser, but accepted by node:http',
  );
  return { error: null, received: theirs };
}
