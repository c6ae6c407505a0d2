import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { GuardedProxy } from './guarded-proxy.ts';
import type { ScriptError } from './messages.ts';

/** A call of the script that failed, in its own words. */
export interface FailedCall {
  readonly method: string;
  /** "click getByRole('button', { name: 'Log in' })" */
  readonly shown: string;
  readonly message: string;
  readonly name: string;
}

const OF_THE_SCRIPT = new Set(['NotAvailable', 'Refused', 'ReferenceError', 'SyntaxError']);

/**
 * Whose fault it is that a script failed. What the page did is the target's; a call that there is not, or a script that
 * is wrong in itself, is ours: unknown, never down.
 */
export function blameScript(error: ScriptError, call: FailedCall | null, proxy: GuardedProxy): CheckError {
  const at = error.line === null ? '' : `line ${error.line}: `;
  if (call === null) {
    const kind = OF_THE_SCRIPT.has(error.name) ? 'invalid-spec' : 'answer';
    const named = error.name === 'ExpectError' || error.name === 'Error' || error.name === 'NotAvailable';
    return fault(kind, `${at}${named ? '' : `${error.name}: `}${firstLine(error.message)}`);
  }
  if (call.name === 'Refused') return fault('invalid-spec', `${at}${firstLine(call.message)}`);
  if (call.method === 'goto' || call.method === 'reload') {
    const trouble = blameNetwork(call.message, proxy);
    if (trouble !== null) return fault(trouble.kind, `${at}${call.shown}: ${trouble.message}`);
  }
  if (/crashed/i.test(call.message) && /page|target|renderer/i.test(call.message))
    return fault('out-of-resources', `${at}${call.shown}: the page crashed in our browser`);
  const kind = call.name === 'TimeoutError' ? 'timeout' : 'answer';
  return fault(kind, `${at}${describeCall(call)}`);
}

/** What the proxy saw of a page that did not load. */
function blameNetwork(message: string, proxy: GuardedProxy): CheckError | null {
  const code = /net::(ERR_[A-Z0-9_]+)/.exec(message)?.[1];
  if (code === undefined) return null;
  const url = URL.parse(/ at (\S+)/.exec(message)?.[1] ?? '');
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const trouble = proxy.troubleWith(host);
  if (trouble !== null) return trouble.error;
  if (code.startsWith('ERR_CERT')) return fault('certificate', `the certificate of ${host} is not accepted (${code})`);
  if (code.startsWith('ERR_SSL')) return fault('tls', `TLS with ${host} failed (${code})`);
  if (code === 'ERR_TOO_MANY_REDIRECTS') return fault('redirect', `${host} redirects without end`);
  return fault('protocol', `${host} gave no page (${code})`);
}

function describeCall({ shown, message, method }: FailedCall): string {
  const plain = withoutColours(message);
  const timeout = /Timeout (\d+)ms exceeded/.exec(plain)?.[1];
  if (method === 'expect') return firstLine(plain);
  if (timeout !== undefined) {
    const waited = `not possible within ${Number(timeout) / 1_000} s`;
    const log = /- (?:locator resolved to[^\n]*|[^\n]*intercepts pointer events|element is not [^\n]*)/.exec(
      plain,
    )?.[0];
    const hint =
      log === undefined
        ? /waiting for/.test(plain)
          ? ' (nothing like it is on the page)'
          : ''
        : ` (${log.slice(2, 202)})`;
    return `${shown}: ${waited}${hint}`;
  }
  return `${shown}: ${firstLine(plain.replace(/^\w+\.\w+: /, ''))}`;
}

function firstLine(text: string): string {
  const [first = ''] = withoutColours(text).split('\n');
  return first.slice(0, 500);
}

function withoutColours(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
