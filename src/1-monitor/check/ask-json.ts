import type { Asked } from './answer.ts';
import { askHttp } from './ask-http.ts';
import type { CheckRun, CheckWorld, HttpRun } from './check-run.ts';
import { decodeBody } from './decode-body.ts';
import { fault } from './faults.ts';
import { headerValue } from './response-head.ts';
import type { CheckError, CheckTls } from './spec.ts';

export interface JsonRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBodyBytes: number;
  readonly tls?: CheckTls;
}

export type JsonAnswer =
  | { readonly ok: true; readonly status: number; readonly value: unknown; readonly received: Asked['received'] }
  | { readonly ok: false; readonly error: CheckError; readonly received: Asked['received'] };

/** Asks an HTTP address for JSON as a part of another check: same guard, deadline and phases. */
export async function askJson(request: JsonRequest, run: CheckRun, world: CheckWorld): Promise<JsonAnswer> {
  const { monitorId, workspaceId, intervalMs, timeoutMs, allowedTargets, paused } = run.spec;
  const inner: HttpRun = {
    ...run,
    keepsBody: true,
    spec: {
      monitorId,
      workspaceId,
      intervalMs,
      timeoutMs,
      allowedTargets,
      paused,
      assertions: [],
      kind: 'http',
      method: 'GET',
      maxRedirects: 5,
      ...request,
    },
  };
  const { error, received } = await askHttp(inner, world, null);
  run.address = inner.address;
  if (error !== null) return { ok: false, error, received };
  if (received?.status == null) return { ok: false, error: fault('protocol', 'no answer came'), received };
  const coding = headerValue(received.headers, 'content-encoding');
  const decoded = await decodeBody(received.body, coding, { maxBytes: request.maxBodyBytes, partial: false });
  if (!decoded.ok) return { ok: false, error: fault(decoded.kind, decoded.message), received: null };
  const whole = { ...received, headers: plain(received.headers), body: decoded.body };
  try {
    return { ok: true, status: received.status, value: JSON.parse(decoded.body.toString('utf8')), received: whole };
  } catch {
    return { ok: true, status: received.status, value: undefined, received: whole };
  }
}

/** The body is decoded already. */
function plain(headers: NonNullable<Asked['received']>['headers']): NonNullable<Asked['received']>['headers'] {
  return headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
}
