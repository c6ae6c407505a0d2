import type { Context, Hono } from 'hono';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { type Door, doorOf } from '../signal/door.ts';
import { readShallowJson } from '../signal/intake-body.ts';
import { readAtMost } from '../signal/oversized.ts';
import {
  changeProcessed,
  invalidEvent,
  notJson,
  notNow,
  noSuchAddress,
  type PagerDutyAnswer,
  processed,
  processedV1,
  tooLargeEvent,
} from './answer.ts';
import { readEvent } from './event.ts';
import { readEventV1 } from './event-v1.ts';
import { decodeText, isRecord, type Json } from './field.ts';
import { faultsOfChange, takeChange } from './take-change.ts';
import { takeEvent } from './take-event.ts';

const MAX_BYTES = 512 * 1024;

type Sent = { readonly source: AlertSourceRow; readonly body: Json; readonly text: string; readonly door: Door };
type Take = (system: System, sent: Sent) => Promise<PagerDutyAnswer | { readonly errors: readonly string[] }>;

/** Every address of the API, and the field that holds the key of a source in it. */
const DOORS: readonly { readonly path: string; readonly keyField: string; readonly take: Take }[] = [
  {
    path: '/v2/enqueue',
    keyField: 'routing_key',
    async take(system, { door, source, body, text }) {
      const read = readEvent(body, text);
      if (!read.ok) return read;
      await takeEvent(system, door, source, read.event, text);
      return processed(read.event.dedupKey);
    },
  },
  {
    path: '/v2/change/enqueue',
    keyField: 'routing_key',
    async take(system, { door, source, body, text }) {
      const errors = faultsOfChange(body);
      if (errors.length > 0) return { errors };
      await takeChange(system, door, source, body, text);
      return changeProcessed();
    },
  },
  {
    path: '/generic/2010-04-15/create_event.json',
    keyField: 'service_key',
    async take(system, { door, source, body, text }) {
      const read = readEventV1(body, text);
      if (!read.ok) return read;
      await takeEvent(system, door, source, read.event, text);
      return processedV1(read.event.dedupKey);
    },
  },
];

/**
 * The Events API of PagerDuty, at its own paths and below `/pagerduty`, for senders that take a whole address and for
 * those that take only a host. Answers after the commit.
 */
export function mountPagerDuty(app: Hono, system: System): void {
  for (const { path, keyField, take } of DOORS) {
    const paths = [path, `${path}/`, `/pagerduty${path}`, `/pagerduty${path}/`];
    app.on('POST', paths, async (c) => {
      // The key may stand anywhere in it, so more than its beginning is read.
      const read = await readAtMost(c.req.raw, MAX_BYTES, MAX_BYTES);
      if (read.ok) return answer(c, await respond(system, { bytes: read.bytes, keyField, take }));
      const found = await doorOf(system)
        .sourceOf(keyIn(read.head, keyField))
        .catch(() => null);
      if (found !== null) await doorOf(system).refuseSize(found.source, 'pagerduty', read);
      return answer(c, tooLargeEvent(MAX_BYTES));
    });
  }
  // A sender that is set up wrongly must not take the dashboard's page for an answer.
  for (const path of ['/v2/enqueue/*', '/v2/change/*', '/generic/*', '/pagerduty/*'])
    app.all(path, (c) => answer(c, noSuchAddress(c.req.method, c.req.path)));
}

/** The key in an event that is not read as a whole. */
function keyIn(head: Uint8Array, field: string): string {
  const [, key = ''] =
    new RegExp(`"${field}"\\s*:\\s*"([\\w-]{1,200})"`).exec(Buffer.from(head).toString('latin1')) ?? [];
  return key;
}

async function respond(
  system: System,
  { bytes, keyField, take }: { readonly bytes: Uint8Array; readonly keyField: string; readonly take: Take },
): Promise<PagerDutyAnswer> {
  const read = readShallowJson(bytes);
  if (!read.ok) return notJson(read.message);
  if (!isRecord(read.value)) return notJson('expected a JSON object');
  const key = decodeText(read.value[keyField]);
  if (key === null) return invalidEvent([`'${keyField}' is missing or blank`]);
  try {
    const door = doorOf(system);
    const found = await door.sourceOf(key).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    });
    if (found === null) return invalidEvent([`'${keyField}' is invalid: no alert source has this key`]);
    const { source } = found;
    door.enter(source);
    const taken = await take(system, { door, source, body: read.value, text: read.text });
    if (!('errors' in taken)) return taken;
    const message = `The event was refused: ${taken.errors.join('; ')}.`;
    await door.refuse(source, 'pagerduty', bytes, { message, errors: [] }).catch(() => undefined);
    return invalidEvent(taken.errors);
  } catch (error) {
    return notNow(system, error);
  }
}

function answer(c: Context, { status, body, retryAfter }: PagerDutyAnswer): Response {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  return c.body(JSON.stringify(body), { status: status as 200, headers });
}
