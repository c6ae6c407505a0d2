import type { Severity, SeverityLevel } from './contract.ts';

export type SeverityPolicy = {
  readonly version: number;
  readonly levels: readonly SeverityLevel[];
  readonly defaultSeverity: Severity;
  readonly changedAt: Date | null;
  readonly changedBy: string | null;
};

/** Whether `to` is graver than `from`: SEV1 is the gravest. */
export function isRaised(from: Severity, to: Severity): boolean {
  return to < from;
}
