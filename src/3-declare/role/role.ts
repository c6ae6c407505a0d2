import type { Severity } from '../severity/contract.ts';
import { INCIDENT_ROLES, type IncidentRole, ROLE_NAMES, type RoleHolder } from './contract.ts';

type Roles = Readonly<Partial<Record<IncidentRole, string>>>;

/** All roles in their order, vacant ones included. */
export function holdersOf(roles: Roles, since: Readonly<Partial<Record<IncidentRole, Date>>>): RoleHolder[] {
  return INCIDENT_ROLES.map((role) => ({
    role,
    userId: roles[role] ?? null,
    since: since[role]?.toISOString() ?? null,
  }));
}

/** On SEV1 and SEV2 a commander who also communicates or repairs has one job too many: a sentence that says so. */
export function splitWarning(severity: Severity, roles: Roles): string | null {
  const commander = roles['incident-commander'];
  if (commander === undefined || (severity !== 'SEV1' && severity !== 'SEV2')) return null;
  const also = (['communications-lead', 'subject-matter-expert'] as const).filter((role) => roles[role] === commander);
  if (also.length === 0) return null;
  const names = also.map((role) => ROLE_NAMES[role].toLowerCase()).join(' and ');
  return `The incident commander is also ${names}. On ${severity}, give one of them to somebody else if you can.`;
}
