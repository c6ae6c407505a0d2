import type { Severity } from './contract.ts';
import { isRaised } from './severity.ts';

/** A severity that nobody has chosen yet, and why it is the one that is offered. */
export type Proposal = {
  readonly severity: Severity;
  /** One sentence; null when it is the policy's default, for want of anything else. */
  readonly why: string | null;
};

/** What is known of alerts before anybody has looked. */
export type Known = {
  /** One of them is critical: something is down. */
  readonly critical: boolean;
  /** How many services the critical ones are about, with everything that needs those. */
  readonly services: number;
};

/** From so many services on, an outage is taken for one of everything until somebody says otherwise. */
const WIDE = 4;

/**
 * What alerts are offered to be declared as: in doubt the graver one, and never less than the policy's default. Only a
 * proposal: whoever declares by it has not confirmed it.
 */
export function proposalFor({ critical, services }: Known, defaultSeverity: Severity): Proposal {
  if (!critical) return { severity: defaultSeverity, why: null };
  const proposal: Proposal =
    services >= WIDE
      ? { severity: 'SEV1', why: `It is critical, and ${services} services are hit or need what is.` }
      : { severity: 'SEV2', why: 'It is critical.' };
  return isRaised(defaultSeverity, proposal.severity) ? proposal : { severity: defaultSeverity, why: null };
}
