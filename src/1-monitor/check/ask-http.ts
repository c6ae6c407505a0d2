import type { Asked } from './answer.ts';
import { askConnected } from './ask-connected.ts';
import { askTarget } from './ask-target.ts';
import type { CheckWorld, HttpRun } from './check-run.ts';
import { fault } from './faults.ts';
import { buildRequest, isFollowed, prepareRequest, requestBytes, type PreparedRequest } from './request.ts';
import { type HeaderFields, headerValue } from './response-head.ts';
import type { HttpSpec } from './spec.ts';
import { parseTarget, type Target, type TargetOutcome } from './target.ts';

/** What several requests remember of each other's answers. */
export interface Cookies {
  readonly header: (url: URL) => string | null;
  readonly store: (url: URL, headers: HeaderFields) => void;
}

/** Follows redirects up to the spec's limit; each target is resolved and guarded like the first. */
export async function askHttp(run: HttpRun, world: CheckWorld, cookies: Cookies | null): Promise<Asked> {
  const { spec } = run;
  const first = ownTarget(spec);
  if (!first.ok) return { error: fault('invalid-spec', first.fault), received: null };
  let { target } = first;
  const ask = spec.httpVersion === undefined && spec.proxy === undefined ? askTarget : askConnected;
  for (let redirects = 0; ; redirects += 1) {
    const request =
      redirects === 0 && cookies === null
        ? prepareRequest(spec, target)
        : freshRequest(spec, target, first.target, cookies?.header(target.url) ?? null);
    const asked = await ask(target, request, run, world);
    if (asked.received !== null) cookies?.store(target.url, asked.received.headers);
    const location = asked.received === null ? null : headerValue(asked.received.headers, 'location');
    if (asked.error !== null && redirects > 0) {
      const message = `redirected to ${target.url.origin}, where: ${asked.error.message}`;
      return { ...asked, error: fault(asked.error.kind, message) };
    }
    if (asked.error !== null || asked.received === null || location === null) return asked;
    if (asked.received.status === null || !isFollowed(spec, asked.received.status)) return asked;
    const next = parseTarget(location, target.url);
    if (!next.ok) return { ...asked, error: fault('redirect', `the redirect leads nowhere: ${next.fault}`) };
    if (redirects >= spec.maxRedirects) {
      return {
        ...asked,
        error: fault(
          'redirect',
          `more than ${spec.maxRedirects} redirects, the last one to ${next.target.url.href.slice(0, 200)}`,
        ),
      };
    }
    ({ target } = next);
  }
}

const targets = new WeakMap<HttpSpec, TargetOutcome>();

/** Parsed once per spec. */
function ownTarget(spec: HttpSpec): TargetOutcome {
  let known = targets.get(spec);
  if (known === undefined) targets.set(spec, (known = parseTarget(spec.url)));
  return known;
}

function freshRequest(spec: HttpSpec, target: Target, from: Target, cookie: string | null): PreparedRequest {
  const request = buildRequest(spec, target, target.url.origin !== from.url.origin, cookie);
  return { request, bytes: requestBytes(request) };
}
