import type { Asked } from './answer.ts';
import { askTarget } from './ask-target.ts';
import type { CheckWorld, HttpRun } from './check-run.ts';
import { fault } from './faults.ts';
import { buildRequest, isFollowed, prepareRequest, requestBytes, type PreparedRequest } from './request.ts';
import { headerValue } from './response-head.ts';
import type { HttpSpec } from './spec.ts';
import { parseTarget, type Target, type TargetOutcome } from './target.ts';

/** Follows redirects up to the spec's limit; each target is resolved and guarded like the first. */
export async function askHttp(run: HttpRun, world: CheckWorld): Promise<Asked> {
  const { spec } = run;
  const first = ownTarget(spec);
  if (!first.ok) return { error: fault('invalid-spec', first.fault), received: null };
  let { target } = first;
  for (let redirects = 0; ; redirects += 1) {
    const request = redirects === 0 ? prepareRequest(spec, target) : redirectedRequest(spec, target, first.target);
    const asked = await askTarget(target, request, run, world);
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

function redirectedRequest(spec: HttpSpec, target: Target, from: Target): PreparedRequest {
  const request = buildRequest(spec, target, target.url.origin !== from.url.origin);
  return { request, bytes: requestBytes(request) };
}
