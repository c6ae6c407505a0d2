import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '#kernel/errors.ts';
import { suggestAllowedTarget } from './address-guard.ts';

/** Whether a connection to an address is allowed. */
export type Guard = (address: string) => boolean;
export type Resolver = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

export const systemResolver: Resolver = (host, done) => resolve(host, { all: true }, done);

export class TargetRefused extends Error {
  readonly address: string;
  constructor(address: string) {
    super(`refused ${address}`);
    this.address = address;
  }
}

/** A lookup for sockets that hands over allowed addresses only; fails with `TargetRefused` when none is left. */
export function guardedLookup(guard: Guard, resolver: Resolver): LookupFunction {
  return (host, options, done) => {
    resolver(host, (error, addresses) => {
      if (error) return done(error, []);
      const allowed = addresses.filter(({ address }) => guard(address));
      const first = allowed[0];
      if (!first) return done(new TargetRefused(addresses[0]?.address ?? host), []);
      if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

/** The refusal of an address that is not public and not allowed, with what to do. */
export function refusedTarget(host: string, address: string): AppError {
  const cidr = isIP(address) === 0 ? null : suggestAllowedTarget(address);
  const advice = cidr
    ? `An owner can allow ${cidr} under Settings, or in ALLCLEAR_ALLOWED_TARGETS.`
    : 'Such addresses are never allowed, because credentials live there.';
  return new AppError('forbidden', `${host} is at ${address}, which is not a public address. ${advice}`);
}
