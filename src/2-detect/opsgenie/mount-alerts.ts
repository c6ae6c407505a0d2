import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { takeNamedBeat } from '#monitor';
import { AppError } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { type Alert, isGraver } from '../alert/alert.ts';
import { announce } from '../alert/announce-alerts.ts';
import { lowerAlert } from '../alert/lower-alert.ts';
import { noteAlert } from '../alert/note-alert.ts';
import { rewordAlert } from '../alert/reword-alert.ts';
import { lockAlert, lockHolder, selectAlert, selectAlertByKey, takeUnannouncedAlert } from '../alert/store.ts';
import { boundedKey, type Claim } from '../signal/claim.ts';
import { doorOf } from '../signal/door.ts';
import { ALERT_ACTS, type AlertAct, actOnAlert } from './act-on-alert.ts';
import { readActBody, readAlertBody, severityOfPriority } from './alert-body.ts';
import {
  answer,
  type Call,
  messageOf,
  fault,
  inTransaction,
  type Outcome,
  processed,
  reading,
  refuse,
  routesOf,
  took,
} from './call.ts';
import { presentAlert, presentRequest } from './present.ts';
import { readSearch } from './search.ts';
import { countFound, findRequest, searchAlerts } from './store.ts';
import { alertIdOfTiny, tinyIdsOf } from './tiny-store.ts';

const NO_ALERT = 'Alert does not exist';
const IS_CLOSED = 'Alert is closed';

/**
 * The alerts and heartbeats of Opsgenie's API, so that whatever sends there needs only another host and the key of an
 * alert source. Addresses are taken with and without a slash at their end, and below `/opsgenie` as well. https://docs.opsgenie.com/docs/alert-api
 */
export function mountOpsgenie(app: Hono, system: System): void {
  const route = routesOf(app, system);
  route('post', '/v2/alerts', createAlert);
  route('get', '/v2/alerts', listAlerts);
  route('get', '/v2/alerts/count', countAlerts);
  route('get', '/v2/alerts/requests/:id', readRequest);
  route('get', '/v2/alerts/:id', readAlert);
  route('delete', '/v2/alerts/:id', (call) => closeAlert(call, 'Deleted alert'));
  route('post', '/v2/alerts/:id/close', (call) => closeAlert(call, 'Closed alert'));
  route('put', '/v2/alerts/:id/priority', changePriority);
  for (const act of Object.keys(ALERT_ACTS) as AlertAct[]) {
    const [what, removed] = act.split('-');
    const method = removed ? 'delete' : act === 'message' || act === 'description' ? 'put' : 'post';
    route(method, `/v2/alerts/:id/${what}`, (call) => doAct(call, act));
  }
  for (const method of ['get', 'post', 'put', 'patch'] as const)
    route(method, '/v2/heartbeats/:id/ping', pingHeartbeat, false);
  // What of that API is not spoken here says so, in its own words.
  for (const path of ['/v2/*', '/opsgenie/*'])
    app.all(path, (c) => c.json(fault(`There is no ${c.req.method} ${c.req.path.slice(0, 200)} here`, 0), 404));
}

async function createAlert(call: Call): Promise<Response> {
  const read = readAlertBody(call.json);
  if (!read.ok) return refuse(call, read.faults);
  const [accepted] = await store(call, read.body);
  const { alertId = null, dedupKey = read.body.dedupKey } = accepted ?? {};
  return processed(call, 'Create', { success: true, status: 'Created alert', alertId, alias: dedupKey }, null);
}

async function closeAlert(call: Call, status: string): Promise<Response> {
  const read = readActBody(call.json);
  if (!read.ok) return refuse(call, read.faults);
  const { user, note } = read.body;
  const alert = await inTransaction(call, async (ctx) => {
    const found = await lockNamed(ctx, call);
    if (found && found.state !== 'closed' && note) await noteAlert(ctx, found.id, user ? `${user}: ${note}` : note);
    return found;
  });
  if (!alert || alert.state === 'closed') return processed(call, 'Close', missing(call, alert), 'unmatched');
  await store(call, claimAbout(call, alert, 'resolved'));
  return processed(call, 'Close', { success: true, status, alertId: alert.id, alias: alert.dedupKey }, null);
}

/** A priority that rises raises the alert, as a graver signal would; one that falls lowers it, unless somebody here has it in hand. */
async function changePriority(call: Call): Promise<Response> {
  const severity = severityOfPriority((call.json as { priority?: unknown } | null)?.priority);
  if (severity === null) return refuse(call, { priority: 'must be one of P1, P2, P3, P4, P5' });
  const priority = (call.json as { priority: string }).priority;
  const alert = await inTransaction(call, async (ctx) => {
    const named = await lockNamed(ctx, call);
    if (!named || named.state === 'closed') return named;
    await rewordAlert(ctx, named, { labels: { ...named.labels, priority } });
    await lowerAlert(ctx, named, severity);
    return named;
  });
  if (!alert || alert.state === 'closed') return processed(call, 'UpdatePriority', missing(call, alert), 'unmatched');
  const isRaised = isGraver(severity, alert.severity);
  // What it says besides its severity stays.
  const { url, evidence } = alert;
  if (isRaised) await store(call, { ...claimAbout(call, alert, 'firing'), severity, url, evidence });
  const done = { success: true, status: 'Updated priority', alertId: alert.id, alias: alert.dedupKey };
  return processed(call, 'UpdatePriority', done, isRaised ? null : 'noted');
}

/** What is taken away stands in the address. */
function askedIn(call: Call, act: AlertAct): unknown {
  const list = (name: string) => (call.c.req.query(name) ?? '').split(',').map((one) => storable(one).trim());
  const { user, note } = call.c.req.query();
  if (act === 'tags-removed') return { user, note, tags: list('tags') };
  if (act === 'details-removed')
    return { user, note, details: Object.fromEntries(list('keys').map((key) => [key, ''])) };
  return call.json;
}

async function doAct(call: Call, act: AlertAct): Promise<Response> {
  const read = readActBody(askedIn(call, act));
  if (!read.ok) return refuse(call, read.faults);
  const { body } = read;
  if (act === 'snooze' && !body.endTime) return refuse(call, { endTime: 'may not be empty' });
  if (act === 'message' && !body.message?.trim()) return refuse(call, { message: 'may not be empty' });
  if (act === 'tags' && !body.tags?.length) return refuse(call, { tags: 'may not be empty' });
  if (act === 'details' && !body.details) return refuse(call, { details: 'must be an object of texts' });
  if (act === 'notes' && !body.note?.trim()) return refuse(call, { note: 'may not be empty' });
  const outcome = await inTransaction(call, async (ctx): Promise<Outcome> => {
    const named = await lockNamed(ctx, call);
    const alert = named && (act === 'responders' || act === 'teams') ? await toldOf(ctx, named) : named;
    if (!alert || alert.state === 'closed') return missing(call, alert);
    try {
      await actOnAlert(ctx, alert, act, body);
      return { success: true, status: ALERT_ACTS[act], alertId: alert.id, alias: alert.dedupKey };
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'conflict' && error.code !== 'invalid')) throw error;
      return { success: false, status: error.message, alertId: alert.id, alias: alert.dedupKey };
    }
  });
  const became = outcome.success ? (act === 'acknowledge' ? 'acknowledged' : 'noted') : 'ignored';
  return processed(call, ALERT_ACTS[act], outcome, isMissing(outcome) ? 'unmatched' : became);
}

async function readAlert(call: Call): Promise<Response> {
  const ctx = reading(call);
  const { id, by } = named(call);
  const alertId = by === 'alias' ? null : await idNamed(call);
  const found =
    by === 'alias'
      ? await selectAlertByKey(ctx, call.source.id, id)
      : alertId === null
        ? null
        : await selectAlert(ctx, alertId);
  const alert = found?.alertSourceId === call.source.id ? found : null;
  if (!alert) return call.c.json(fault(`Alert with ${by} [${id}] does not exist`, call.startedMs), 404);
  return answer(call, (await present(call, [alert]))[0]);
}

async function listAlerts(call: Call): Promise<Response> {
  const number = (name: string, most: number, usual: number) => {
    const value = Number(call.c.req.query(name) ?? usual);
    return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : usual;
  };
  const read = readSearch(call.c.req.query('query'));
  if (!read.ok) return misread(call, read.why);
  const page = { limit: number('limit', 100, 20), offset: number('offset', 20_000, 0) };
  const alerts = await searchAlerts(reading(call), call.source.id, read.search, page);
  return answer(call, await present(call, alerts));
}

async function countAlerts(call: Call): Promise<Response> {
  const read = readSearch(call.c.req.query('query'));
  if (!read.ok) return misread(call, read.why);
  return answer(call, { count: await countFound(reading(call), call.source.id, read.search) });
}

/** A search that is not understood finds nothing rather than everything. */
function misread(call: Call, why: string): Response {
  const message = `The query ${why}.`;
  return call.c.json({ ...fault(message, call.startedMs), errors: { query: why } }, 422);
}

async function readRequest(call: Call): Promise<Response> {
  const id = call.c.req.param('id') ?? '';
  const row = /^[0-9a-f-]{36}$/i.test(id) ? await findRequest(call.system.database, call.source, id) : null;
  if (!row) return call.c.json(fault('Request not found. It is kept for a day.', call.startedMs), 404);
  return answer(call, presentRequest(row));
}

async function pingHeartbeat(call: Call): Promise<Response> {
  const name = call.c.req.param('id') ?? '';
  const known = await takeNamedBeat(call.system, call.source.workspaceId, name);
  if (!known)
    return call.c.json(
      fault(`No heartbeat found with name [${name}]. Add one of that name under Monitors.`, call.startedMs),
      404,
    );
  const requestId = randomUUID();
  return call.c.json({ result: 'PONG - Heartbeat received', took: took(call), requestId }, 202);
}

function claimAbout(call: Call, { dedupKey, title, severity }: Alert, status: 'firing' | 'resolved'): Claim {
  return {
    dedupKey,
    title,
    severity,
    status,
    source: null,
    labels: {},
    url: null,
    evidence: null,
    beganAt: null,
    drill: false,
    payload: messageOf(call),
  };
}

/** Stores a claim, and writes down the message that made it. */
function store(call: Call, claim: Claim) {
  return doorOf(call.system).store(call.source, [claim], { format: 'opsgenie', text: messageOf(call) });
}

/** The identifier in the address, and what it is. */
function named({ c }: Call): { readonly id: string; readonly by: 'id' | 'alias' | 'tiny' } {
  const type = c.req.query('identifierType')?.toLowerCase();
  return { id: storable(c.req.param('id') ?? ''), by: type === 'alias' || type === 'tiny' ? type : 'id' };
}

/** The id of the alert that is named by it or by its short number; null when that number is nobody's. */
async function idNamed(call: Call): Promise<string | null> {
  const { id, by } = named(call);
  return by === 'tiny' ? await alertIdOfTiny(call.system.database, call.source.workspaceId, id) : id;
}

async function present({ system, source }: Call, alerts: readonly Alert[]) {
  const ids = alerts.map(({ id }) => id);
  const tinyIds = await tinyIdsOf(system.database, source.workspaceId, ids);
  return alerts.map((alert) => presentAlert(alert, tinyIds.get(alert.id) ?? 0));
}

/** A NUL stands in no alias that is stored. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

async function lockNamed(ctx: Ctx, call: Call): Promise<Alert | null> {
  const { id, by } = named(call);
  const alertId = by === 'alias' ? null : await idNamed(call);
  const alert =
    by === 'alias'
      ? await lockHolder(ctx, { scope: call.source.id, dedupKey: boundedKey(id) })
      : alertId === null
        ? null
        : await lockAlert(ctx, alertId);
  return alert?.alertSourceId === call.source.id ? alert : null;
}

/**
 * An alert that was made a moment ago is told to later stages first: until then nobody has decided whether it is kept
 * quiet, and whoever is added would be paged instead of its policy.
 */
async function toldOf(ctx: Ctx, alert: Alert): Promise<Alert | null> {
  const untold = alert.state === 'closed' ? null : await takeUnannouncedAlert(ctx, alert.id);
  if (untold === null) return alert;
  await announce(ctx, untold);
  return await lockAlert(ctx, alert.id);
}

function missing(call: Call, alert: Alert | null): Outcome {
  const { id, by } = named(call);
  const alias = alert?.dedupKey ?? (by === 'alias' ? id : null);
  return { success: false, status: alert ? IS_CLOSED : NO_ALERT, alertId: alert?.id ?? null, alias };
}

function isMissing({ success, status }: Outcome): boolean {
  return !success && (status === NO_ALERT || status === IS_CLOSED);
}
