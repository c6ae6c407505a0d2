import type { Asked } from '../check/answer.ts';
import { askJson, type JsonAnswer } from '../check/ask-json.ts';
import type { CheckRun, CheckWorld } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import { readRegistries, type Registries, registryOf } from '../check/registries.ts';
import type { CheckError } from '../check/spec.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import type { Protocol } from './protocol.ts';
import { readRegistration, type Registration } from './registration.ts';

const HEADERS = { accept: 'application/rdap+json, application/json' };
const MAX_BODY_BYTES = 1_048_576;
const LIST_FRESH_MS = 86_400_000;
/** Of `a.b.c.example.co.uk`, so many names are asked for at most. */
const MAX_NAMES = 4;
const DAY_MS = 86_400_000;

/**
 * Up while the registration lasts. Whatever keeps the registry from answering says nothing of the domain, so it is
 * unknown. RFC 9082 gives the question, RFC 9083 the answer.
 */
export const askDomain: Protocol<'domain'> = async (spec, target, run, world) => {
  const found = await findRegistry(target.host, spec.options, run, world);
  if (found.error !== null) return { error: found.error, received: null };
  const asked = await askRegistry(target.host, found.server, run, world);
  if (!asked.ok) return { error: unclear(asked.error), received: asked.received };
  if (asked.status === 404) {
    const message = `${target.host} is not registered, says ${new URL(found.server).host}`;
    return { error: fault('name-not-found', message), received: null };
  }
  if (asked.status !== 200) {
    const busy = asked.status === 429 ? ' (it is asked too often)' : '';
    const message = `${new URL(found.server).host} answered with status ${asked.status}${busy}`;
    return { error: fault('no-data', message), received: asked.received };
  }
  const registration = readRegistration(asked.value);
  if (registration === null) {
    const message = `${new URL(found.server).host} answered with something else than a domain`;
    return { error: fault('no-data', message), received: asked.received };
  }
  run.certificateExpiresAtMs = registration.endsAtMs;
  return { ...judge(registration, spec.options, Date.now()), received: bodyOf(registration) };
};

type Found = { readonly error: null; readonly server: string } | { readonly error: CheckError };

async function findRegistry(
  name: string,
  { server }: ProtocolOptions['domain'],
  run: CheckRun,
  world: CheckWorld,
): Promise<Found> {
  if (server !== null) return { error: null, server };
  const { registries } = world;
  if (registries === null || Date.now() - registries.readAtMs > LIST_FRESH_MS) {
    const read = await readList(run, world);
    // An older list is better than none.
    if (read.error !== null && registries === null) return { error: unclear(read.error) };
    if (read.error === null) world.registries = { readAtMs: Date.now(), list: read.list };
  }
  const known = registryOf(name, world.registries?.list ?? new Map());
  if (known !== null) return { error: null, server: known };
  const message = `no registry for .${name.split('.').at(-1) ?? name} is known that can be asked; name its RDAP server`;
  return { error: fault('no-data', message) };
}

async function readList(
  run: CheckRun,
  world: CheckWorld,
): Promise<{ readonly error: null; readonly list: Registries } | { readonly error: CheckError }> {
  const url = world.setup.rdapBootstrapUrl;
  const asked = await askJson({ url, headers: HEADERS, maxBodyBytes: MAX_BODY_BYTES }, run, world);
  if (!asked.ok) return { error: fault(asked.error.kind, `the list of registries: ${asked.error.message}`) };
  const list = asked.status === 200 ? readRegistries(asked.value) : null;
  return list === null ? { error: fault('no-data', 'the list of registries cannot be read') } : { error: null, list };
}

/** Asks for the name, then for what is left without its first label, since `www.example.org` is not what is registered. */
async function askRegistry(name: string, server: string, run: CheckRun, world: CheckWorld): Promise<JsonAnswer> {
  const labels = name.split('.');
  for (let from = 0; ; from += 1) {
    const url = `${server.replace(/\/+$/, '')}/domain/${labels.slice(from).join('.')}`;
    const asked = await askJson({ url, headers: HEADERS, maxBodyBytes: MAX_BODY_BYTES }, run, world);
    const isLast = from + 1 >= MAX_NAMES || labels.length - from <= 2;
    if (!asked.ok || asked.status !== 404 || isLast) return asked;
  }
}

/** The registry's silence is not the domain's fault. What keeps its own name are faults of ours. */
function unclear({ kind, message }: CheckError): CheckError {
  const ours = kind === 'target-not-allowed' || kind === 'resolver' || kind === 'out-of-resources' || kind === 'engine';
  return ours ? fault(kind, message) : fault('no-data', `the registry could not be asked: ${message}`);
}

function bodyOf({ lines }: Registration): NonNullable<Asked['received']> {
  return { status: null, headers: [], body: Buffer.from(lines.join('\n')) };
}

function judge(
  { endsAtMs, name, heldBy }: Registration,
  { warnDays, downDays }: ProtocolOptions['domain'],
  nowMs: number,
): Pick<Asked, 'error' | 'degraded'> {
  if (heldBy !== null) return { error: fault('answer', `${name} is out of use at its registry: ${heldBy}`) };
  if (endsAtMs === null) return { error: fault('no-data', `the registry of ${name} does not say when it ends`) };
  const days = Math.floor((endsAtMs - nowMs) / DAY_MS);
  const on = new Date(endsAtMs).toISOString().slice(0, 10);
  if (days < 0) return { error: fault('answer', `the registration of ${name} ended on ${on}`) };
  const words = `the registration of ${name} ends on ${on}, in ${days} ${days === 1 ? 'day' : 'days'}`;
  if (days < downDays) return { error: fault('answer', words) };
  return days < warnDays ? { error: null, degraded: words } : { error: null };
}
