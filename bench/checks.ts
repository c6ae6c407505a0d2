import { readFileSync } from 'node:fs';
import { type CheckEngine, type CheckResult, type CheckSpec, startCheckEngine } from '#monitor';
import { startCheckBed, type CheckBed } from './check-bed.ts';

/**
 * Checks per CPU second, HTTP and HTTPS, beside blackbox_exporter in the same run: same targets (nginx), same number of
 * checks, a status and a body assertion, phases, the certificate verified against the same authority. Prints one JSON
 * line. The peer is driven as hard as it goes, which is kind to it; ours keeps its grid.
 */

/** Where results go in place of nowhere, and what that costs beyond the engine's process. */
export interface CheckStore {
  readonly onResults: (results: readonly CheckResult[]) => Promise<void>;
  readonly cpuSeconds: () => number;
}

interface Figures {
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
}

interface Tally {
  checks: number;
  cpuSeconds: number;
}

type Scheme = 'http' | 'https';

const ROUNDS = 2;
const MONITORS: Readonly<Record<Scheme, number>> = { http: 2_500, https: 600 };
const ROUND_MS = 3_000;
const WARM_MS = 3_000;
const PEER_CONNECTIONS = 32;

export async function benchChecks(store: CheckStore | null): Promise<Record<Scheme, Figures>> {
  const bed = await startCheckBed();
  try {
    return { http: await compare('http', bed, store), https: await compare('https', bed, store) };
  } finally {
    await bed.stop();
  }
}

async function compare(scheme: Scheme, bed: CheckBed, store: CheckStore | null): Promise<Figures> {
  const ours: Tally = { checks: 0, cpuSeconds: 0 };
  const peer: Tally = { checks: 0, cpuSeconds: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = ours.checks;
    await runOurs(scheme, bed, store, ours);
    if (bed.peer !== null) await runPeer(scheme, bed, bed.peer.pid, ours.checks - before, peer);
  }
  const rate = ours.checks / ours.cpuSeconds;
  if (bed.peer === null) return { ours: Math.round(rate), peer: null, ratio: null };
  const peerRate = peer.checks / peer.cpuSeconds;
  return { ours: Math.round(rate), peer: Math.round(peerRate), ratio: Number((rate / peerRate).toFixed(2)) };
}

async function runOurs(scheme: Scheme, bed: CheckBed, store: CheckStore | null, tally: Tally): Promise<void> {
  let checks = 0;
  let failed: CheckResult | null = null;
  const onResults = async (results: readonly CheckResult[]): Promise<void> => {
    checks += results.length;
    failed ??= results.find((result) => result.outcome !== 'up') ?? null;
    await store?.onResults(results);
  };
  const engine = startCheckEngine({ onResults, log: { info() {}, warn() {}, error() {} } });
  const cpu = (): number => cpuOf(engine) + (store === null ? 0 : store.cpuSeconds());
  engine.replaceAll(Array.from({ length: MONITORS[scheme] }, (_, index) => specOf(scheme, index, bed)));
  await wait(WARM_MS);
  const [checksBefore, cpuBefore] = [checks, cpu()];
  await wait(ROUND_MS);
  tally.checks += checks - checksBefore;
  tally.cpuSeconds += cpu() - cpuBefore;
  await engine.stop();
  if (failed !== null) throw new Error(`a check failed: ${JSON.stringify(failed)}`);
}

async function runPeer(scheme: Scheme, bed: CheckBed, pid: number, checks: number, tally: Tally): Promise<void> {
  await bed.probe(scheme, Math.ceil(checks / 8), PEER_CONNECTIONS);
  const before = cpuSecondsOf(pid);
  await bed.probe(scheme, checks, PEER_CONNECTIONS);
  tally.checks += checks;
  tally.cpuSeconds += cpuSecondsOf(pid) - before;
}

function specOf(scheme: Scheme, index: number, bed: CheckBed): CheckSpec {
  return {
    monitorId: `mon_bench_${scheme}_${index}`,
    workspaceId: 'wrk_bench',
    kind: 'http',
    url: bed.urls[scheme],
    method: 'GET',
    headers: {},
    intervalMs: 1_000,
    timeoutMs: 5_000,
    maxRedirects: 0,
    assertions: [
      { kind: 'status', in: [{ from: 200, to: 200 }] },
      { kind: 'body', test: 'contains', value: 'all is well' },
    ],
    maxBodyBytes: 1_000_000,
    allowedTargets: ['127.0.0.0/8'],
    tls: { caPem: bed.authorityPem },
    paused: false,
  };
}

function cpuOf(engine: CheckEngine): number {
  const { pid } = engine.stats();
  if (pid === null) throw new Error('the check engine is not running');
  return cpuSecondsOf(pid);
}

/** User and system time of all threads, from /proc (in hundredths of a second). */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

if (import.meta.main) {
  process.stdout.write(
    `${JSON.stringify({ bench: 'checks', unit: 'checks per CPU second', ...(await benchChecks(null)) })}\n`,
  );
}
