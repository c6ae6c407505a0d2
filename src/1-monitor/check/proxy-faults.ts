import { fault } from './faults.ts';
import { type HeaderFields, headerValue, parseFields } from './response-head.ts';
import type { CheckError } from './spec.ts';

/** Programs that sign their own pages of errors; what they pass on is signed by the target. */
const SIGNED = /^(?:tinyproxy|squid|privoxy)\b/i;

/** Says 401 where others say 407, and is seldom what a target is served by. */
const ASKS_BY_401 = /^tinyproxy\b/i;

/** What a proxy says to CONNECT; null where it has reached `place`. `asked`: an account was given. */
export function describeProxyHead(head: string, proxy: string, place: string, asked: boolean): CheckError | null {
  const [first = '', ...lines] = head.split('\r\n');
  const [, status, reason = ''] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first) ?? [];
  if (status === undefined) return fault('proxy', `the proxy ${proxy} does not answer in HTTP`);
  if (status.startsWith('2')) return null;
  const fields = parseFields(lines, 0);
  return refusal(Number(status), reason, typeof fields === 'string' ? [] : fields, { proxy, place, asked });
}

/**
 * Whether an answer to a request in absolute form is the proxy's own, and what it says; null where it is the target's. A
 * target may sit behind such a program itself, so a signature counts only where both are down: an outage is never hidden.
 */
export function describeProxyAnswer(
  { status, headers }: { readonly status: number | null; readonly headers: HeaderFields },
  proxy: string,
  place: string,
  asked: boolean,
): CheckError | null {
  if (status === null || status < 400) return null;
  const server = headerValue(headers, 'server') ?? '';
  const isRefusal = status === 407 || (status === 401 && ASKS_BY_401.test(server));
  const signed =
    headerValue(headers, 'x-squid-error') !== null ||
    /;\s*error=/.test(headerValue(headers, 'proxy-status') ?? '') ||
    SIGNED.test(server);
  return isRefusal || (signed && status >= 500) ? refusal(status, '', headers, { proxy, place, asked }) : null;
}

type Who = { readonly proxy: string; readonly place: string; readonly asked: boolean };

/** That it could not reach the target is the target's fault; that it will not is its own, and says nothing of the target. */
function refusal(status: number, reason: string, headers: HeaderFields, { proxy, place, asked }: Who): CheckError {
  const why = headerValue(headers, 'x-squid-error') ?? headerValue(headers, 'proxy-status') ?? reason;
  const said = [String(status), why.trim().slice(0, 120)].filter(Boolean).join(' ');
  // 407 by the standard; tinyproxy says 401.
  if (status === 407 || status === 401) {
    const what = asked ? 'does not accept the account that it was given' : 'wants an account';
    return fault('proxy', `the proxy ${proxy} ${what} (${said})`);
  }
  if (status >= 500) return fault('unreachable', `the proxy ${proxy} could not reach ${place} (${said})`);
  return fault('proxy', `the proxy ${proxy} refuses to ask ${place} (${said})`);
}
