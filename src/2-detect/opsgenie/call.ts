import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import type { Became } from '../received/received.ts';
import { refusalOf, responseOf } from '../signal/answer.ts';
import { readShallowJson } from '../signal/intake-body.ts';
import { doorOf } from '../signal/door.ts';
import { readAtMost } from '../signal/oversized.ts';
import type { Faults } from './alert-body.ts';
import { insertRequest } from './store.ts';

const MOST_BYTES = 512 * 1024;

/** What became of a request. */
export type Outcome = {
  readonly success: boolean;
  readonly status: string;
  readonly alertId: string | null;
  readonly alias: string | null;
};

export type Call = {
  readonly c: Context;
  readonly system: System;
  readonly source: AlertSourceRow;
  readonly bytes: Uint8Array;
  /** The parsed body; null without one. */
  readonly json: unknown;
  readonly startedMs: number;
};
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export function routesOf(app: Hono, system: System) {
  // What only reads is no signal; nor is a beat, which is wrong when it does not come.
  return (method: Method, path: string, take: (call: Call) => Promise<Response>, isSignal = method !== 'get') =>
    app.on([method.toUpperCase()], [path, `${path}/`, `/opsgenie${path}`, `/opsgenie${path}/`], async (c) => {
      const startedMs = performance.now();
      try {
        const source = await sourceOf(system, c.req.header('authorization'));
        if (source === null) return c.json(fault('Could not authenticate', startedMs), 401);
        if (isSignal) doorOf(system).enter(source);
        const read = await readAtMost(c.req.raw, MOST_BYTES);
        if (!read.ok) {
          await doorOf(system).refuseSize(source, 'opsgenie', read);
          return c.json(fault(`The body is larger than ${MOST_BYTES} bytes`, startedMs), 413);
        }
        const { bytes } = read;
        const json = bytes.length === 0 ? { ok: true as const, value: null } : readShallowJson(bytes);
        if (!json.ok) {
          await noteRefused(system, source, bytes, json.message);
          return c.json(fault(`Request body is not processable: ${json.errors[0]?.message ?? ''}`, startedMs), 400);
        }
        return await take({ c, system, source, bytes, json: json.value, startedMs });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'limit') return responseOf(refusalOf(system, error));
        const headers = { 'retry-after': String(error.retryAfterSeconds ?? 1) };
        return c.json(fault(error.message, startedMs), 429, headers);
      }
    });
}

async function sourceOf(system: System, header: string | undefined): Promise<AlertSourceRow | null> {
  const [, key] = /^GenieKey\s+(\S+)$/i.exec(header ?? '') ?? [];
  if (key === undefined) return null;
  try {
    const { source } = await doorOf(system).sourceOf(key);
    return source.kind === 'opsgenie' ? source : null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/**
 * What every write is answered with; what became of it can be asked for by its id, and stands with what was received,
 * unless the door wrote that down itself (`became` null).
 */
export async function processed(
  call: Call,
  action: string,
  outcome: Outcome,
  became: Became | null,
): Promise<Response> {
  const { system, source } = call;
  if (became !== null) {
    const text = outcome.success ? `${outcome.status}.` : `Not done: ${outcome.status.replace(/\.$/, '')}.`;
    const { alertId } = outcome;
    doorOf(system).note(source, { format: 'opsgenie', text: messageOf(call) }, { became, text, alertId });
  }
  const id = randomUUID();
  await insertRequest(system.database, {
    ...outcome,
    id,
    action,
    workspaceId: source.workspaceId,
    alertSourceId: source.id,
    processedAt: system.clock.now(),
  });
  return call.c.json({ result: 'Request will be processed', took: took(call), requestId: id }, 202);
}

const decode = new TextDecoder();

/** A request for people to look at: what it is about stands in its address. */
export function messageOf({ c, bytes }: Call): string {
  const { pathname, search } = new URL(c.req.url);
  const line = `${c.req.method} ${pathname}${search}`;
  return bytes.length === 0 ? line : `${line}\n\n${decode.decode(bytes)}`;
}

export async function refuse(call: Call, faults: Faults): Promise<Response> {
  const said = Object.entries(faults).map(([field, what]) => `${field} ${what}`);
  await noteRefused(call.system, call.source, call.bytes, `The request was refused: ${said.join('; ')}.`);
  const body = fault(`Request body is not processable: ${said.join('; ')}.`, call.startedMs);
  return call.c.json({ ...body, errors: faults }, 422);
}

export function answer(call: Call, data: unknown): Response {
  return call.c.json({ data, took: took(call), requestId: randomUUID() });
}

export function fault(message: string, startedMs: number) {
  return { message, took: startedMs === 0 ? 0 : secondsSince(startedMs), requestId: randomUUID() };
}

export function took({ startedMs }: Call): number {
  return secondsSince(startedMs);
}

function secondsSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs) / 1_000;
}

export function inTransaction<Result>({ system, source }: Call, act: (ctx: Ctx) => Promise<Result>): Promise<Result> {
  return system.transact({ actor: systemActor(source.name), workspaceId: source.workspaceId }, act);
}

export function reading({ system, source }: Call): Ctx {
  return system.read({ actor: systemActor(source.name), workspaceId: source.workspaceId });
}

async function noteRefused(system: System, source: AlertSourceRow, bytes: Uint8Array, message: string): Promise<void> {
  await doorOf(system)
    .refuse(source, 'opsgenie', bytes, { message, errors: [] })
    .catch(() => undefined);
}
