import type { Severity } from '#declare';
import type { SaidStatus } from '../component/contract.ts';

/** What a severity means to customers, in the words of the public format. */
export function impactOf(severity: Severity): 'none' | 'minor' | 'major' | 'critical' {
  switch (severity) {
    case 'SEV1':
      return 'critical';
    case 'SEV2':
      return 'major';
    case 'SEV3':
      return 'minor';
    case 'SEV4':
      return 'none';
  }
}

/** What is proposed to be said of the components of an affected service. */
export function proposedStatus(severity: Severity): SaidStatus {
  switch (severity) {
    case 'SEV1':
      return 'major_outage';
    case 'SEV2':
      return 'partial_outage';
    case 'SEV3':
    case 'SEV4':
      return 'degraded_performance';
  }
}
