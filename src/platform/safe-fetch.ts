/** Limits and outcome of one guarded request; see `createSafeFetch` for the guard itself. */
export type SafeRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** At most this much of the answer is read; the rest is dropped. */
  readonly maxBytes?: number;
  /** CIDRs beyond public addresses that this request may reach. */
  readonly allowedTargets: readonly string[];
};

export type SafeResponse = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/**
 * One HTTP request to an address that somebody typed in. The resolved address is checked at connect time and again on
 * each redirect: private ones only when allowed, cloud metadata never. Throws `AppError('forbidden')` with what to do.
 */
export type SafeFetch = (url: string, request: SafeRequest) => Promise<SafeResponse>;
