import { Resolver } from 'node:dns/promises';
import { remainingMs, type CheckRun, type CheckWorld } from '../check/check-run.ts';
import { seconds } from '../check/describe-result.ts';
import { peerName } from '../check/exchange.ts';
import { fault } from '../check/faults.ts';
import { findAddresses } from '../check/find-addresses.ts';
import type { CheckError } from '../check/spec.ts';
import { parseReached } from '../check/target.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { settle } from './connect.ts';
import type { Protocol } from './protocol.ts';

type RecordType = ProtocolOptions['dns']['recordType'];

const DNS_PORT = 53;
const TRIES = 2;

/** Each record as one line, as zone files write it. */
const LOOKUPS: Readonly<Record<RecordType, (resolver: Resolver, name: string) => Promise<string[]>>> = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  CNAME: (resolver, name) => resolver.resolveCname(name),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`),
  NS: (resolver, name) => resolver.resolveNs(name),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((parts) => parts.join('')),
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map(({ priority, weight, port, name: host }) =>
      [priority, weight, port, host].join(' '),
    ),
  CAA: async (resolver, name) => (await resolver.resolveCaa(name)).map(caaLine),
  SOA: async (resolver, name) => {
    const { nsname, hostmaster, serial, refresh, retry, expire, minttl } = await resolver.resolveSoa(name);
    return [[nsname, hostmaster, serial, refresh, retry, expire, minttl].join(' ')];
  },
  PTR: (resolver, name) => resolver.resolvePtr(name),
};

/** Up when the name has records of the type, and those that are expected. */
export const askDns: Protocol<'dns'> = async (spec, target, run, world) => {
  const { recordType, resolver, expect, match } = spec.options;
  if (target.isAddress && recordType !== 'PTR')
    return { error: fault('invalid-spec', `${target.host} is an address, which has PTR records only`), received: null };
  const found = resolver === null ? { ok: true as const, server: null } : await findServer(resolver, run, world);
  if (!found.ok) return { error: found.error, received: null };
  const { server } = found;
  const asking = new Resolver({ timeout: Math.max(200, Math.ceil(remainingMs(run) / TRIES)), tries: TRIES });
  if (server !== null) asking.setServers([server]);
  const beganMs = performance.now();
  let lines: readonly string[] = [];
  const lookUp = () => (target.isAddress ? asking.reverse(target.host) : LOOKUPS[recordType](asking, target.host));
  const error = await settle(run, 'first-byte', (done) => {
    lookUp().then(
      (records) => {
        lines = records;
        done(null);
      },
      (failure: unknown) => done(describeRefusal(codeOf(failure), target.host, recordType, server)),
    );
  });
  asking.cancel();
  run.phases.dnsMs = (run.phases.dnsMs ?? 0) + performance.now() - beganMs;
  if (error?.kind === 'timeout') return { error: silence(server, spec.timeoutMs), received: null };
  if (error !== null) return { error, received: null };
  const received = { status: null, headers: [], body: Buffer.from(lines.join('\n')) };
  return { error: describeDifference(recordType, lines, expect, match), received };
};

/** The allowed address of the resolver that somebody named, as node:dns wants it. */
async function findServer(
  text: string,
  run: CheckRun,
  world: CheckWorld,
): Promise<{ readonly ok: true; readonly server: string } | { readonly ok: false; readonly error: CheckError }> {
  const parsed = parseReached(text);
  if (!parsed.ok) return { ok: false, error: fault('invalid-spec', `the resolver ${parsed.fault}`) };
  const found = await findAddresses(parsed.target, run, world);
  if (!found.ok) return found;
  const [address] = found.addresses;
  if (address === undefined)
    return { ok: false, error: fault('name-not-found', `the resolver ${text} has no address`) };
  run.address = address;
  return { ok: true, server: peerName(address, parsed.target.port === 0 ? DNS_PORT : parsed.target.port) };
}

/** `server` null: our own name servers, whose failures are no fault of the name. */
function describeRefusal(code: string, name: string, type: RecordType, server: string | null): CheckError {
  if (code === 'ENOTFOUND') return fault('name-not-found', `the name ${name} does not exist (NXDOMAIN)`);
  if (code === 'ENODATA') return fault('answer', `${name} exists, but has no ${type} records`);
  if (code === 'ETIMEOUT') return fault('timeout', `no answer (${code})`);
  if (code === 'EBADNAME') return fault('invalid-spec', `${name} is not a name that can be asked for`);
  const said = REFUSALS[code] ?? `failed (${code})`;
  if (server === null)
    return fault('resolver', `our name servers ${said} for ${name}; look at /etc/resolv.conf on this machine`);
  return fault(code === 'ECONNREFUSED' ? 'refused' : 'protocol', `${server} ${said} for ${name}`);
}

const REFUSALS: Readonly<Record<string, string>> = {
  ESERVFAIL: 'answered SERVFAIL (it could not find out)',
  EREFUSED: 'answered REFUSED (it does not serve us, or not this zone)',
  EFORMERR: 'answered FORMERR (it did not understand the question)',
  ENOTIMP: 'answered NOTIMP (it does not know this type)',
  EBADRESP: 'answered with something that is not DNS',
  ECONNREFUSED: 'refused the question: nothing listens there, or it answered with an error',
};

function silence(server: string | null, timeoutMs: number): CheckError {
  const within = `gave no answer within ${seconds(timeoutMs)}`;
  return server === null ? fault('resolver', `our name servers ${within}`) : fault('timeout', `${server} ${within}`);
}

function describeDifference(
  type: RecordType,
  lines: readonly string[],
  expect: readonly string[],
  match: 'all' | 'exactly',
): CheckError | null {
  if (expect.length === 0) return null;
  const got = new Set(lines.map((line) => comparable(type, line)));
  const wanted = new Set(expect.map((line) => comparable(type, line)));
  const missing = expect.filter((line) => !got.has(comparable(type, line)));
  const surplus = lines.filter((line) => !wanted.has(comparable(type, line)));
  const came = lines.length === 0 ? 'nothing' : shown(lines);
  if (missing.length > 0) return fault('answer', `expected ${shown(missing)} in the answer, got ${came}`);
  if (match === 'exactly' && surplus.length > 0) return fault('answer', `expected nothing else, got ${shown(surplus)}`);
  return null;
}

function shown(lines: readonly string[]): string {
  return lines.slice(0, 5).join(', ').slice(0, 400) + (lines.length > 5 ? ', …' : '');
}

/** Names know no case and need no last dot; addresses are written in several ways; a text is what it is. */
function comparable(type: RecordType, line: string): string {
  if (type === 'TXT') return line;
  const plain = line
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\.(?= |$)/g, '');
  return type === 'AAAA' ? (URL.parse(`http://[${plain}]`)?.hostname ?? plain) : plain;
}

/** `0 issue "ca.example"`. */
function caaLine({ critical, ...rest }: { readonly critical: number }): string {
  const [property = ['', '']] = Object.entries(rest).filter(([name]) => name !== 'type');
  return `${critical} ${property[0]} "${String(property[1])}"`;
}

function codeOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  return 'code' in failure ? String(failure.code) : failure.message;
}
