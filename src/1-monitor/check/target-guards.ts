import {
  classifyAddress,
  createTargetGuard,
  suggestAllowedTarget,
  type AddressClass,
} from '#platform/address-guard.ts';
import { fault } from './faults.ts';
import type { CheckError } from './spec.ts';

export interface AddressVerdict {
  readonly allowed: boolean;
  readonly class: AddressClass;
}

const MAX_CACHED = 50_000;

/** The address guard for every monitor's list, remembering what it said: it is asked before each connection. */
export class TargetGuards {
  readonly #byList = new Map<string, Map<string, AddressVerdict>>();
  #size = 0;

  /** Throws when the list holds something that is not a CIDR. */
  verdict(address: string, allowedTargets: readonly string[]): AddressVerdict {
    const key = allowedTargets.join(' ');
    let verdicts = this.#byList.get(key);
    if (verdicts === undefined) this.#byList.set(key, (verdicts = new Map()));
    const known = verdicts.get(address);
    if (known !== undefined) return known;
    if (this.#size >= MAX_CACHED) this.#forget();
    const verdict = { allowed: createTargetGuard(allowedTargets)(address), class: classifyAddress(address) };
    verdicts.set(address, verdict);
    this.#size += 1;
    return verdict;
  }

  #forget(): void {
    for (const verdicts of this.#byList.values()) verdicts.clear();
    this.#byList.clear();
    this.#size = 0;
  }
}

/** What to do about an address that may not be checked. */
export function describeBlocked(address: string, kind: AddressClass, host: string): CheckError {
  const subject = host === address ? address : `${host} resolves to ${address}, which`;
  const suggestion = suggestAllowedTarget(address);
  if (suggestion === null) {
    const place = kind === 'metadata' ? 'a cloud metadata address' : `a ${kind} address`;
    return fault('target-not-allowed', `${subject} is ${place}, and those are never checked`);
  }
  return fault(
    'target-not-allowed',
    `${subject} is a ${kind} address; allow ${suggestion} on the monitor or in ALLCLEAR_ALLOWED_TARGETS to check it`,
  );
}
