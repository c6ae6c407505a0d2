import type { CheckTls } from '../check/spec.ts';

type Trust = { readonly skipVerification: boolean; readonly caPem: string | null };

/** How TLS is spoken by the options of a kind that has these two. */
export function trustOf({ skipVerification, caPem }: Trust): { readonly tls: CheckTls; readonly verify: boolean } {
  return { tls: caPem === null ? {} : { caPem }, verify: !skipVerification };
}
