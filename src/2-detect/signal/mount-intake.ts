import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import { createIntake, type Intake } from './accept-signal.ts';
import { type Answer, noSuchIntake, refusalOf, responseOf, tooLarge } from './answer.ts';
import { GROUP_FORMATS, type GroupFormat } from './group-format.ts';
import { MAX_INTAKE_BYTES } from './intake-body.ts';
import { KEPT_HEAD_BYTES, type Oversized, readAtMost } from './oversized.ts';

const PATH = '/intake/';
const intakes = new WeakMap<System, Intake>();

/** One intake per system, however many doors lead to it. */
function intakeOf(system: System): Intake {
  const intake = intakes.get(system) ?? createIntake(system);
  intakes.set(system, intake);
  return intake;
}

/**
 * `POST /intake/{key}` in front of the router, straight on node's request and response: 202 once the signal is
 * committed. At thousands of signals a second the router would cost as much as the rest of the way.
 */
export function frontIntake(system: System): (request: IncomingMessage, response: ServerResponse) => boolean {
  const intake = intakeOf(system);
  return (request, response) => {
    const { url } = request;
    if (request.method !== 'POST' || url === undefined || !url.startsWith(PATH)) return false;
    const key = keyIn(url);
    if (key === null) return false;
    readBody(request, (sent) => {
      const answered = sent.ok ? answerTo(system, intake, key, sent.bytes) : refuseSize(intake, key, null, sent);
      void answered.then(({ status, type, body, retryAfter }) => {
        const headers: Record<string, string | number> = {
          'content-type': type,
          'content-length': Buffer.byteLength(body),
          'cache-control': 'no-store',
        };
        if (retryAfter !== undefined) headers['retry-after'] = retryAfter;
        // What is left of a body that is too large is not read: the connection ends.
        if (!sent.ok) headers['connection'] = 'close';
        response.writeHead(status, headers).end(body);
      });
    });
    return true;
  };
}

/** The same for callers inside the process, who have no socket. */
export function mountIntake(app: Hono, system: System): void {
  app.post(`${PATH}:key`, async (c) => {
    const [intake, key] = [intakeOf(system), c.req.param('key')];
    const read = await readAtMost(c.req.raw, MAX_INTAKE_BYTES);
    return responseOf(
      read.ok ? await answerTo(system, intake, key, read.bytes) : await refuseSize(intake, key, null, read),
    );
  });
  app.all(`${PATH}*`, (c) => responseOf(noSuchIntake(c.req.method, c.req.path)));
}

/** Groups of alerts are as large as whoever groups them wants; one that is refused would be lost. */
const MAX_GROUP_BYTES = 8 * 1024 * 1024;

/** `POST|PUT /intake/{key}/alertmanager` and `/grafana`: one message about a group of alerts. */
export function mountGroups(app: Hono, system: System): void {
  for (const format of GROUP_FORMATS) {
    const paths = [`${PATH}:key/${format}`, `${PATH}:key/${format}/`];
    app.on(['POST', 'PUT'], paths, async (c) => {
      const [intake, key] = [intakeOf(system), c.req.param('key') ?? ''];
      const read = await readAtMost(c.req.raw, MAX_GROUP_BYTES);
      if (!read.ok) return responseOf(await refuseSize(intake, key, format, read));
      return responseOf(await answerOf(system, () => intake.acceptGroup(key, format, read.bytes)));
    });
  }
}

function keyIn(url: string): string | null {
  const end = url.indexOf('?', PATH.length);
  const key = end < 0 ? url.slice(PATH.length) : url.slice(PATH.length, end);
  return /^[A-Za-z0-9_-]{1,200}$/.test(key) ? key : null;
}

type Body = { readonly ok: true; readonly bytes: Buffer } | ({ readonly ok: false } & Oversized);

/** Calls back once with the body, or as soon as it is known to be too long, with how it begins; not at all when the caller goes away. */
function readBody(request: IncomingMessage, done: (body: Body) => void): void {
  const told = Number(request.headers['content-length'] ?? 0);
  const most = told > MAX_INTAKE_BYTES ? KEPT_HEAD_BYTES - 1 : MAX_INTAKE_BYTES;
  const chunks: Buffer[] = [];
  let length = 0;
  let tooLong = false;
  request.on('data', (chunk: Buffer) => {
    if (tooLong) return;
    chunks.push(chunk);
    length += chunk.length;
    if (length <= most) return;
    tooLong = true;
    request.pause();
    const head = Buffer.concat(chunks).subarray(0, KEPT_HEAD_BYTES);
    done({ ok: false, head, bytes: told > MAX_INTAKE_BYTES ? told : null, limit: MAX_INTAKE_BYTES });
  });
  request.on('end', () => {
    const [first] = chunks;
    if (!tooLong) done({ ok: true, bytes: chunks.length === 1 && first ? first : Buffer.concat(chunks) });
  });
}

async function refuseSize(
  intake: Intake,
  key: string,
  format: GroupFormat | null,
  oversized: Oversized,
): Promise<Answer> {
  await intake.refuseSize(key, format, oversized);
  return tooLarge(oversized.limit);
}

function answerTo(system: System, intake: Intake, key: string, bytes: Uint8Array): Promise<Answer> {
  return answerOf(system, () => intake.accept(key, bytes));
}

async function answerOf(system: System, take: () => Promise<object>): Promise<Answer> {
  try {
    return { status: 202, type: 'application/json', body: JSON.stringify(await take()) };
  } catch (error) {
    return refusalOf(system, error);
  }
}
