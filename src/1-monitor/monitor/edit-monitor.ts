import { isDeepStrictEqual } from 'node:util';
import { audit, readAllowedTargets } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { api } from '../kind/api.ts';
import { keptInApi } from '../kind/api-secrets.ts';
import { isAsked, type MonitorKind, type ProtocolKind, traitsOf } from '../kind/kinds.ts';
import { touchMonitor } from './change-state.ts';
import { isCheckable } from './check-spec.ts';
import type { EditMonitorBody } from './contract.ts';
import { refuseHere, requireService, sorted } from './create-monitor.ts';
import { openSecrets, sealSecrets } from './open-secrets.ts';
import {
  joinOptions,
  joinSecrets,
  keptSecrets,
  optionSecrets,
  type Question,
  type Sealable,
  splitQuestion,
} from './question.ts';
import { placesOf } from './read-api.ts';
import { readOptions } from './read-asking.ts';
import { refuseStrangeAuthorities } from './read-authorities.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { lockMonitor, type MonitorRecord, updateMonitor } from './store.ts';
import { choosePlaces } from '../vantage/choose-places.ts';
import { judgeAnew } from '../vantage/judge-places.ts';
import { selectVantages } from '../vantage/store.ts';
import { HOME } from '../vantage/streams.ts';
import { readTarget, refuseForbidden } from './target.ts';

const FOR_EVERY_KIND = new Set(['name', 'serviceId', 'tags', 'group']);
const ELSEWHERE = {
  heartbeat: 'does not apply to a heartbeat; change it by /heartbeats',
  value: 'does not apply to a pushed value; change it by /pushed-values',
};
const HTTP_ONLY = new Set(['method', 'headers', 'body', 'maxRedirects', 'tls']);

type Asking = MonitorRecord & { readonly kind: 'http' | ProtocolKind; readonly url: string };

/**
 * Changes a monitor; what is not named stays. A secret that comes back masked keeps its stored value. A changed
 * question is asked at once. Refuses fields that mean nothing for the monitor's kind.
 */
export async function editMonitor(ctx: Ctx, monitorId: string, change: EditMonitorBody): Promise<void> {
  const monitor = await locked(ctx, monitorId);
  refuseForeign(monitor, change);
  refuseHere(monitor.kind, change.locations ?? []);
  refuseTooOften(monitor.kind, change.intervalSeconds);
  if (change.serviceId !== undefined) await requireService(ctx, change.serviceId);
  const asking = isCheckable(monitor) ? await changedAsking(ctx, monitor, change) : {};
  await updateMonitor(ctx, monitorId, {
    name: change.name ?? monitor.name,
    serviceId: change.serviceId ?? monitor.serviceId,
    tags: change.tags === undefined ? monitor.tags : sorted(change.tags),
    groupPath: change.group === undefined ? monitor.groupPath : change.group,
    ...asking,
  });
  if (change.locations !== undefined) await choosePlaces(ctx, monitor, change.locations);
  if (change.locations !== undefined || change.confirm !== undefined)
    await judgeAnew(ctx, await locked(ctx, monitorId));
  // As it is stored: what was pasted may hold a password.
  const detail = {
    fields: Object.keys(change),
    ...(change.url === undefined || !('url' in asking) ? {} : { url: asking.url }),
  };
  await audit(ctx, { action: 'monitor.edit', subjectId: monitorId, detail });
  touchMonitor(ctx, monitorId);
}

/** As it stands now, locked until the transaction ends. */
async function locked(ctx: Ctx, monitorId: string): Promise<MonitorRecord> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('monitor', monitorId);
  return monitor;
}

/** Refuses what means nothing for the monitor's kind. */
export function refuseForeign({ kind }: MonitorRecord, change: EditMonitorBody): void {
  for (const field of Object.keys(change)) {
    if (!isAsked(kind) && !FOR_EVERY_KIND.has(field)) throw invalid(`body.${field}`, ELSEWHERE[kind]);
    if (kind !== 'http' && HTTP_ONLY.has(field))
      throw invalid(`body.${field}`, `applies to HTTP monitors only; this one is of the kind ${kind}`);
  }
}

function refuseTooOften(kind: MonitorKind, intervalSeconds: number | undefined): void {
  const { interval } = traitsOf(kind);
  if (interval !== undefined && intervalSeconds !== undefined && intervalSeconds < interval.minSeconds)
    throw invalid('body.intervalSeconds', `a ${kind} monitor asks at most every ${interval.minSeconds} seconds`);
}

/** What a change makes of the question of a monitor, ready to be stored; or to be tried before it is. */
export async function changedAsking(ctx: Ctx, monitor: Asking, change: EditMonitorBody) {
  const allowedTargets = await allowedFromHere(ctx, monitor, change);
  const { url, question, secrets } = changedQuestion(ctx, monitor, change, allowedTargets);
  if (change.options !== undefined) await refuseUnreadable(monitor.kind, question.options);
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

/**
 * What a monitor would ask after a change, with its secrets beside it; stores nothing. `allowedTargets` null = whom it
 * reaches is not looked at.
 */
export function changedQuestion(
  ctx: Pick<Ctx, 'secrets'>,
  monitor: Asking,
  change: EditMonitorBody,
  allowedTargets: readonly string[] | null,
): Sealable & { readonly url: string } {
  const target = readTarget(change.url ?? monitor.url, monitor.kind);
  if (allowedTargets !== null) refuseForbidden(target, allowedTargets);
  const { url, account } = target;
  const stored = openSecrets(ctx.secrets, monitor.sealedSecrets);
  const moved = placeOf(url) !== placeOf(monitor.url);
  const sealable =
    monitor.kind === 'http'
      ? changedRequest(monitor.question, { ...change, url, stored, moved, account, allowedTargets })
      : changedOptions(monitor.kind, monitor, { ...change, url, stored, moved, account, allowedTargets });
  return { url, ...sealable };
}

type Secrets = Readonly<Record<string, string>>;
type Reaching = {
  readonly url: string;
  readonly stored: Secrets;
  readonly moved: boolean;
  readonly account: Secrets;
  readonly allowedTargets: readonly string[] | null;
};

function changedRequest(
  old: Question,
  { url, stored, moved, account, allowedTargets, ...change }: EditMonitorBody & Reaching,
): Sealable {
  const { method = old.method, body = old.body, maxRedirects = old.maxRedirects } = change;
  const { assertions = old.assertions, degradedAboveMs = old.degradedAboveMs, tls = old.tls } = change;
  refuseStrangeAuthorities(change.tls?.caPem, 'body.tls.caPem');
  const headers = change.headers ?? old.headers;
  const own = optionSecrets(stored);
  const wanted = { ...old.options, ...change.options, ...account };
  // Another proxy reads what is sent in the clear, and stands in the middle of what is not.
  const handedOver = isAnotherProxy(old.options?.['proxy'], wanted['proxy']);
  if (moved || handedOver) refuseToCarry('headers', keptSecrets(headers, stored));
  const kept = keptSecrets(wanted, own);
  if (moved || handedOver)
    refuseToCarry('options', handedOver ? kept : kept.filter((name) => name !== 'proxyPassword'));
  const options = readOptions('http', joinOptions(wanted, own), { url, allowedTargets });
  return splitQuestion({
    kind: 'http',
    options,
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
  before: Asking,
  { url, stored, moved, account, allowedTargets, ...change }: EditMonitorBody & Reaching,
): Sealable {
  const old = before.question;
  const { assertions = old.assertions, degradedAboveMs = old.degradedAboveMs } = change;
  const wanted = { ...old.options, ...change.options, ...account };
  if (kind === 'api') {
    const options = readOptions(kind, wanted, { url, allowedTargets, stored });
    refuseToCarryInSteps(before, { url, shown: wanted, options }, stored);
    return splitQuestion({ kind, options, assertions, degradedAboveMs });
  }
  // What a program does with its secret, its arguments say.
  const isLedElsewhere = kind === 'exec' && !isDeepStrictEqual(old.options?.['args'], wanted['args']);
  if (moved || isLedElsewhere) refuseToCarry('options', keptSecrets(wanted, stored));
  const options = readOptions(kind, joinOptions(wanted, stored), { url, allowedTargets });
  return splitQuestion({ kind, options, assertions, degradedAboveMs });
}

/**
 * The same rule where there are several places: a stored secret stays while its requests go nowhere else, and through nobody
 * else, than before. Where
 * an answer says whom a step asks, any other change of the steps might lead it elsewhere.
 */
function refuseToCarryInSteps(
  before: Asking,
  after: { readonly url: string; readonly shown: object; readonly options: object },
  stored: Secrets,
): void {
  const shown = api.options.parse(after.shown);
  const old = api.options.parse(before.question.options ?? {});
  const handedOver = isAnotherProxy(old.proxy, shown.proxy);
  const [kept] = keptInApi(shown, stored).filter((key) => handedOver || key !== 'proxyPassword');
  if (kept === undefined) return;
  const oldPlaces = placesOf(before.url, old);
  const places = placesOf(after.url, api.options.parse(after.options));
  const isSame = before.url === after.url && isDeepStrictEqual(old, shown);
  const strays = [...places].some((place) => !oldPlaces.has(place) || (place === null && !isSame));
  if (strays || handedOver)
    refuseToCarry('options', [kept.replace(/^variable:/, '').replace(/^[^:]*:(?:header:)?/, '')]);
}

/** Whether requests go through somebody who did not see them before. */
function isAnotherProxy(before: unknown, after: unknown): boolean {
  if (typeof after !== 'string' || after.trim() === '') return false;
  return typeof before !== 'string' || placeOf(before) !== placeOf(after.trim());
}

/** Scheme, host and port. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}`;
}

/** Nobody reads a stored secret back, so nobody may have it sent to another place either. */
function refuseToCarry(field: string, [name]: readonly string[]): void {
  if (name === undefined) return;
  throw invalid(
    `body.${field}`,
    `the value of ${name} is secret and was given for another host or proxy: enter it again`,
  );
}

/** What may be reached, where that has to be looked at: when it changes whom the monitor asks, and it asks from here. */
async function allowedFromHere(ctx: Ctx, monitor: Asking, change: EditMonitorBody): Promise<readonly string[] | null> {
  if (change.url === undefined && change.options === undefined && change.locations === undefined) return null;
  const before = await selectVantages(ctx, [monitor.id]);
  const places = change.locations ?? (before.length === 0 ? [HOME] : before.map(({ locationId }) => locationId));
  return places.includes(HOME) ? readAllowedTargets(ctx) : null;
}
