import { audit, readAllowedTargets } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchMonitor } from './change-state.ts';
import type { EditMonitorBody } from './contract.ts';
import { requireService } from './create-monitor.ts';
import { openSecrets } from './open-secrets.ts';
import { joinSecrets, keptSecrets, splitSecrets } from './question.ts';
import { lockMonitor, type MonitorRecord, updateMonitor } from './store.ts';
import { readTarget, refuseForbidden } from './target.ts';

const FOR_EVERY_KIND = new Set(['name', 'serviceId']);

/**
 * Changes a monitor; what is not named stays. A secret header that comes back masked keeps its stored value. A changed
 * question is asked at once. Refuses, for a heartbeat, whatever only an HTTP monitor has.
 */
export async function editMonitor(ctx: Ctx, monitorId: string, change: EditMonitorBody): Promise<void> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('monitor', monitorId);
  const foreign = Object.keys(change).find((field) => monitor.kind !== 'http' && !FOR_EVERY_KIND.has(field));
  if (foreign !== undefined)
    throw invalid(`body.${foreign}`, 'does not apply to a heartbeat; change it by /heartbeats');
  if (change.serviceId !== undefined) await requireService(ctx, change.serviceId);
  await updateMonitor(ctx, monitorId, {
    name: change.name ?? monitor.name,
    serviceId: change.serviceId ?? monitor.serviceId,
    ...(monitor.kind === 'http' ? await changedQuestion(ctx, monitor, change) : {}),
  });
  const detail = { fields: Object.keys(change), ...(change.url === undefined ? {} : { url: change.url }) };
  await audit(ctx, { action: 'monitor.edit', subjectId: monitorId, detail });
  touchMonitor(ctx, monitorId);
}

async function changedQuestion(ctx: Ctx, monitor: MonitorRecord, change: EditMonitorBody) {
  const old = monitor.question;
  const { method = old.method, body = old.body, maxRedirects = old.maxRedirects } = change;
  const { assertions = old.assertions, degradedAboveMs = old.degradedAboveMs, tls = old.tls } = change;
  const url = change.url === undefined ? monitor.url : await allowedUrl(ctx, change.url);
  const stored = openSecrets(ctx.secrets, monitor.sealedSecrets);
  const headers = change.headers ?? old.headers;
  if (originOf(url) !== originOf(monitor.url)) refuseToCarry(keptSecrets(headers, stored));
  const { shown, secrets } = splitSecrets(joinSecrets(headers, stored));
  const { intervalSeconds, timeoutSeconds, confirm } = change;
  return {
    url,
    intervalMs: intervalSeconds === undefined ? monitor.intervalMs : intervalSeconds * 1_000,
    timeoutMs: timeoutSeconds === undefined ? monitor.timeoutMs : Math.round(timeoutSeconds * 1_000),
    confirmFailures: confirm?.failures ?? monitor.confirmFailures,
    confirmRecoveries: confirm?.recoveries ?? monitor.confirmRecoveries,
    question: { method, headers: shown, body, maxRedirects, assertions, degradedAboveMs, tls },
    sealedSecrets: Object.keys(secrets).length > 0 ? ctx.secrets.seal(JSON.stringify(secrets)) : null,
  };
}

function originOf(url: string | null): string | null {
  return url === null ? null : (URL.parse(url)?.origin ?? null);
}

/** Nobody reads a stored secret back, so nobody may have it sent to another place either. */
function refuseToCarry([name]: readonly string[]): void {
  if (name === undefined) return;
  throw invalid('body.headers', `the value of ${name} is secret and was given for another host: enter it again`);
}

async function allowedUrl(ctx: Ctx, text: string): Promise<string> {
  const target = readTarget(text);
  refuseForbidden(target, await readAllowedTargets(ctx));
  return target.url;
}
