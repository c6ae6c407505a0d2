import { memberDeactivated } from '#access';
import { on } from '#platform/events.ts';
import { selectIncidents } from '../incident/store.ts';
import { releaseRole } from './assign-role.ts';
import { INCIDENT_ROLES } from './contract.ts';

const STAFFED = ['suspected', 'active', 'mitigated', 'resolved'] as const;
const MOST = 200;

/** Somebody who leaves holds no role any more; a vacant commander's seat starts its clock. */
export const hearLeaving = on(memberDeactivated, async (ctx, { userId }) => {
  for (const { id, roles } of await selectIncidents(ctx, { states: STAFFED, limit: MOST })) {
    for (const role of INCIDENT_ROLES) if (roles[role] === userId) await releaseRole(ctx, id, role, userId);
  }
});
