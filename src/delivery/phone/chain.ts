import type { PhoneProvider } from '../phone-setting/contract.ts';

export type TryState = 'sending' | 'sent' | 'failed' | 'delivered' | 'undelivered' | 'unconfirmed';

/** One time that a message was handed to a provider, as far as the chain needs to know. */
export type TryResult = {
  readonly provider: PhoneProvider;
  readonly state: TryState;
  /** The same provider would refuse it again. */
  readonly permanent: boolean;
  /** It failed, but may have gone out all the same. */
  readonly unclear: boolean;
};

export type Plan = {
  readonly provider: PhoneProvider;
  /** It has not had its turn in this round, so there is nothing to wait for. */
  readonly atOnce: boolean;
  /** How many whole rounds failed. */
  readonly rounds: number;
};

/**
 * Who is next: every provider once in their order, then round again; not those that would refuse it again or by which
 * it did not arrive, as far as anybody knows. Null when nobody is left.
 */
export function planNext(tries: readonly TryResult[], providers: readonly PhoneProvider[]): Plan | null {
  const turns = (provider: PhoneProvider) => tries.filter((one) => one.provider === provider).length;
  const spent = (provider: PhoneProvider) =>
    tries.some(
      (one) =>
        one.provider === provider && (one.permanent || one.state === 'undelivered' || one.state === 'unconfirmed'),
    );
  const most = Math.max(0, ...providers.map(turns));
  const left = providers.filter((provider) => !spent(provider));
  const fewest = Math.min(...left.map(turns));
  const provider = left.find((one) => turns(one) === fewest);
  return provider === undefined ? null : { provider, atOnce: fewest < most || most === 0, rounds: fewest };
}

/** Whether an earlier try may have arrived after all, so that another one has to say that it comes again. */
export function mayHaveArrived(tries: readonly TryResult[]): boolean {
  return tries.some(
    ({ state, unclear }) => unclear || ['sent', 'undelivered', 'unconfirmed', 'sending'].includes(state),
  );
}
