import type { Ctx } from '#platform/ctx.ts';
import type { Incident } from '../incident/incident.ts';
import type { Severity, SeverityLevel } from './contract.ts';
import type { SeverityPolicy } from './severity.ts';

/** The policy in force, or one earlier version of it. */
export async function readSeverityPolicy(_ctx: Ctx, _version?: number): Promise<SeverityPolicy> {
  throw new Error('not built yet');
}

/** The level that an incident is at (or would be at), in the policy version that it pins. */
export async function levelOf(_ctx: Ctx, _incident: Incident, _severity?: Severity): Promise<SeverityLevel> {
  throw new Error('not built yet');
}
