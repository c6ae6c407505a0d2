import { readFileSync } from 'node:fs';
import { type CheckEngine, type CheckResult, type CheckSpec, startCheckEngine } from '#monitor';
import { startCheckBed, type CheckBed } from './check-bed.ts';
import { type CheckStore, startCheckStore, WORKSPACE } from './check-store-bed.ts';

/**
 * Checks per CPU second, HTTP and HTTPS, beside blackbox_exporter in the same run: same targets (nginx), same number of
 * checks, a status and a body assertion, phases, the certificate verified against the same authority. Ours twice from
 * the same checks: the engine's process alone, which is all that the peer does, and with the parent and PostgreSQL, in
 * which every result was stored. Prints one JSON line. The peer is driven as hard as it goes, which is kind to it; ours
 * keeps its grid.
 */

interface Figures {
  /** Made while measured; far below what the grid asks for, the machine was too busy for the figures to mean anything. */
  readonly checks: number;
  readonly asked: number;
  readonly peer: number | null;
  readonly engine: number;
  readonly stored: number;
  readonly ratio: { readonly engine: number; readonly stored: number } | null;
}

interface Tally {
  checks: number;
  cpuSeconds: number;
  /** Beyond the engine's process. */
  storeCpuSeconds: number;
}

const SCHEMES = ['http', 'https'] as const;
type Scheme = (typeof SCHEMES)[number];

const ROUNDS = 2;
const MONITORS: Readonly<Record<Scheme, number>> = { http: 2_500, https: 600 };
const ROUND_MS = 3_000;
const WARM_MS = 3_000;
const PEER_CONNECTIONS = 32;

async function benchChecks(): Promise<Record<Scheme, Figures>> {
  const bed = await startCheckBed();
  const monitorIds = SCHEMES.flatMap((scheme) => specsOf(scheme, bed).map((spec) => spec.monitorId));
  const store = await startCheckStore(monitorIds);
  try {
    const http = await compare('http', bed, store);
    return { http, https: await compare('https', bed, store) };
  } finally {
    await Promise.all([bed.stop(), store.stop()]);
  }
}

async function compare(scheme: Scheme, bed: CheckBed, store: CheckStore): Promise<Figures> {
  const ours: Tally = { checks: 0, cpuSeconds: 0, storeCpuSeconds: 0 };
  const peer: Tally = { checks: 0, cpuSeconds: 0, storeCpuSeconds: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = ours.checks;
    await runOurs(scheme, bed, store, ours);
    if (bed.peer !== null) await runPeer(scheme, bed, bed.peer.pid, ours.checks - before, peer);
  }
  const engine = ours.checks / ours.cpuSeconds;
  const stored = ours.checks / (ours.cpuSeconds + ours.storeCpuSeconds);
  const asked = (MONITORS[scheme] * ROUND_MS * ROUNDS) / 1_000;
  const rates = { checks: ours.checks, asked, engine: Math.round(engine), stored: Math.round(stored) };
  if (bed.peer === null) return { ...rates, peer: null, ratio: null };
  const peerRate = peer.checks / peer.cpuSeconds;
  const over = (rate: number): number => Number((rate / peerRate).toFixed(2));
  return { ...rates, peer: Math.round(peerRate), ratio: { engine: over(engine), stored: over(stored) } };
}

async function runOurs(scheme: Scheme, bed: CheckBed, store: CheckStore, tally: Tally): Promise<void> {
  let checks = 0;
  let failed: CheckResult | null = null;
  const storedBefore = await store.storedCount();
  const onResults = async (results: readonly CheckResult[]): Promise<void> => {
    await store.onResults(results);
    checks += results.length;
    failed ??= results.find((result) => result.outcome !== 'up') ?? null;
  };
  const engine = startCheckEngine({ onResults, log: { info() {}, warn() {}, error() {} } });
  engine.replaceAll(specsOf(scheme, bed));
  await wait(WARM_MS);
  const [checksBefore, engineBefore, storeBefore] = [checks, cpuOf(engine), store.cpuSeconds()];
  await wait(ROUND_MS);
  tally.checks += checks - checksBefore;
  tally.cpuSeconds += cpuOf(engine) - engineBefore;
  tally.storeCpuSeconds += store.cpuSeconds() - storeBefore;
  await engine.stop();
  if (failed !== null) throw new Error(`a check failed: ${JSON.stringify(failed)}`);
  const stored = (await store.storedCount()) - storedBefore;
  if (stored !== checks) throw new Error(`${checks} checks were made, ${stored} are stored`);
}

async function runPeer(scheme: Scheme, bed: CheckBed, pid: number, checks: number, tally: Tally): Promise<void> {
  await bed.probe(scheme, Math.ceil(checks / 8), PEER_CONNECTIONS);
  const before = cpuSecondsOf(pid);
  await bed.probe(scheme, checks, PEER_CONNECTIONS);
  tally.checks += checks;
  tally.cpuSeconds += cpuSecondsOf(pid) - before;
}

function specsOf(scheme: Scheme, bed: CheckBed): CheckSpec[] {
  return Array.from({ length: MONITORS[scheme] }, (_, index) => ({
    monitorId: `mon_bench_${scheme}_${index}`,
    workspaceId: WORKSPACE,
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
  }));
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

const figures = await benchChecks();
process.stdout.write(`${JSON.stringify({ bench: 'checks', unit: 'checks per CPU second', ...figures })}\n`);
process.exit(0);
