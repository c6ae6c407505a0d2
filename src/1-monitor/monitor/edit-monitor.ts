import { audit, readAllowedTargets } from '#access';
import { AppError, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';
import { touchMonitor } from './change-state.ts';
import { isCheckable } from './check-spec.ts';
import type { EditMonitorBody } from './contract.ts';
import { requireService, sorted } from './create-monitor.ts';
import { openSecrets, sealSecrets } from './open-secrets.ts';
import { joinOptions, joinSecrets, keptSecrets, type Question, type Sealable, splitQuestion } from './question.ts';
import { lockMonitor, type MonitorRecord, updateMonitor } from './store.ts';
import { choosePlaces } from '../vantage/choose-places.ts';
import { selectVantages } from '../vantage/store.ts';
import { HOME } from '../vantage/streams.ts';
import { type MonitorTarget, readTarget, refuseForbidden } from './target.ts';

const FOR_EVERY_KIND = new Set(['name', 'serviceId', 'tags']);
const HTTP_ONLY = new Set(['method', 'headers', 'body', 'maxRedirects', 'tls']);

type Asking = MonitorRecord & { readonly kind: 'http' | ProtocolKind; readonly url: string };

/**
 * Changes a monitor; what is not named stays. A secret that comes back masked keeps its stored value. A changed
 * question is asked at once. Refuses fields that mean nothing for the monitor's kind.
 */
export async function editMonitor(ctx: Ctx, monitorId: string, change: EditMonitorBody): Promise<void> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('monitor', monitorId);
  refuseForeign(monitor, change);
  if (change.serviceId !== undefined) await requireService(ctx, change.serviceId);
  await updateMonitor(ctx, monitorId, {
    name: change.name ?? monitor.name,
    serviceId: change.serviceId ?? monitor.serviceId,
    tags: change.tags === undefined ? monitor.tags : sorted(change.tags),
    ...(isCheckable(monitor) ? await changedAsking(ctx, monitor, change) : {}),
  });
  if (change.locations !== undefined) await choosePlaces(ctx, monitor, change.locations);
  const detail = { fields: Object.keys(change), ...(change.url === undefined ? {} : { url: change.url }) };
  await audit(ctx, { action: 'monitor.edit', subjectId: monitorId, detail });
  touchMonitor(ctx, monitorId);
}

function refuseForeign({ kind }: MonitorRecord, change: EditMonitorBody): void {
  for (const field of Object.keys(change)) {
    if (kind === 'heartbeat' && !FOR_EVERY_KIND.has(field))
      throw invalid(`body.${field}`, 'does not apply to a heartbeat; change it by /heartbeats');
    if (kind === 'http' && field === 'options') throw invalid('body.options', 'does not apply to an HTTP monitor');
    if (kind !== 'http' && HTTP_ONLY.has(field))
      throw invalid(`body.${field}`, `applies to HTTP monitors only; this one is of the kind ${kind}`);
  }
}

async function changedAsking(ctx: Ctx, monitor: Asking, change: EditMonitorBody) {
  const target = readTarget(change.url ?? monitor.url, monitor.kind);
  if (change.url !== undefined || change.locations !== undefined) await refuseFromHere(ctx, monitor, change, target);
  const { url } = target;
  const stored = openSecrets(ctx.secrets, monitor.sealedSecrets);
  const moved = placeOf(url) !== placeOf(monitor.url);
  const { question, secrets } =
    monitor.kind === 'http'
      ? changedRequest(monitor.question, change, stored, moved)
      : changedOptions(monitor.kind, monitor.question, change, stored, moved);
  const { intervalSeconds, timeoutSeconds, confirm } = change;
  return {
    url,
    intervalMs: intervalSeconds === undefined ? monitor.intervalMs : intervalSeconds * 1_000,
    timeoutMs: timeoutSeconds === undefined ? monitor.timeoutMs : Math.round(timeoutSeconds * 1_000),
    confirmFailures: confirm?.failures ?? monitor.confirmFailures,
    confirmRecoveries: confirm?.recoveries ?? monitor.confirmRecoveries,
    confirmLocations: confirm?.locations === undefined ? monitor.confirmLocations : confirm.locations,
    question,
    sealedSecrets: sealSecrets(ctx.secrets, secrets),
  };
}

type Secrets = Readonly<Record<string, string>>;

function changedRequest(old: Question, change: EditMonitorBody, stored: Secrets, moved: boolean): Sealable {
  const { method = old.method, body = old.body, maxRedirects = old.maxRedirects } = change;
  const { assertions = old.assertions, degradedAboveMs = old.degradedAboveMs, tls = old.tls } = change;
  const headers = change.headers ?? old.headers;
  if (moved) refuseToCarry('headers', keptSecrets(headers, stored));
  return splitQuestion({
    method,
    headers: joinSecrets(headers, stored),
    body,
    maxRedirects,
    assertions,
    degradedAboveMs,
    tls,
  });
}

function changedOptions(
  kind: ProtocolKind,
  old: Question,
  change: EditMonitorBody,
  stored: Secrets,
  moved: boolean,
): Sealable {
  const { assertions = old.assertions, degradedAboveMs = old.degradedAboveMs } = change;
  const wanted = { ...old.options, ...change.options };
  if (moved) refuseToCarry('options', keptSecrets(wanted, stored));
  const parsed = PROTOCOL_KINDS[kind].options.strict().safeParse(joinOptions(wanted, stored));
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      path: ['body', 'options', ...path.map(String)].join('.'),
      message,
    }));
    throw new AppError('invalid', errors[0]?.message ?? 'The options are not valid.', { errors });
  }
  return splitQuestion({ kind, options: parsed.data, assertions, degradedAboveMs });
}

/** Scheme, host and port. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}`;
}

/** Nobody reads a stored secret back, so nobody may have it sent to another place either. */
function refuseToCarry(field: string, [name]: readonly string[]): void {
  if (name === undefined) return;
  throw invalid(`body.${field}`, `the value of ${name} is secret and was given for another host: enter it again`);
}

/** An address that is not to be reached from here is refused when it is asked from here. */
async function refuseFromHere(ctx: Ctx, monitor: Asking, change: EditMonitorBody, target: MonitorTarget) {
  const before = await selectVantages(ctx, [monitor.id]);
  const places = change.locations ?? (before.length === 0 ? [HOME] : before.map(({ locationId }) => locationId));
  if (places.includes(HOME)) refuseForbidden(target, await readAllowedTargets(ctx));
}
