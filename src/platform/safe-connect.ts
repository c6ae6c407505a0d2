import { connect, isIP, type Socket } from 'node:net';
import { createTargetGuard } from './address-guard.ts';
import { guardedLookup, refusedTarget, type Resolver, systemResolver, TargetRefused } from './guarded-lookup.ts';

export type SafeConnection = {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  /** CIDRs beyond public addresses that this connection may reach. */
  readonly allowedTargets: readonly string[];
  /** Replaces DNS in tests. */
  readonly resolver?: Resolver;
};

/**
 * A plain connection to a host that somebody typed in, under the rules of the guarded HTTP client: judged by the address
 * that the socket would really connect to. Rejects with `AppError('forbidden')` that says what to do, or with the
 * socket's own error.
 */
export function connectSafely(wanted: SafeConnection): Promise<Socket> {
  const { port, timeoutMs, allowedTargets } = wanted;
  const host = wanted.host.replace(/^\[|\]$/g, '');
  const guard = createTargetGuard(allowedTargets);
  if (isIP(host) !== 0 && !guard(host)) return Promise.reject(refusedTarget(wanted.host, host));
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup: guardedLookup(guard, wanted.resolver ?? systemResolver) });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error instanceof TargetRefused ? refusedTarget(wanted.host, error.address) : error);
    };
    socket.setTimeout(timeoutMs, () => fail(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    socket.once('connect', () => {
      const remote = socket.remoteAddress;
      if (remote !== undefined && !guard(remote)) return fail(new TargetRefused(remote));
      socket.setTimeout(0);
      socket.removeAllListeners('timeout').removeListener('error', fail);
      resolve(socket);
    });
  });
}
