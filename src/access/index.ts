export { allows, type Permission, type RoutePermission } from './permission.ts';
export { createApiKey, type NewApiKey } from './api-key/create-api-key.ts';
export { audit } from './audit/audit.ts';
export { type AccessPorts, connectAccessPorts } from './ports.ts';
export {
  holidaysChanged,
  apiKeyMade,
  inviteCreated,
  memberDeactivated,
  memberJoined,
  passwordResetRequested,
  teamChanged,
  workspaceCreated,
} from './events.ts';
export { authenticate, type Credentials } from './session/authenticate.ts';
export { type Identity } from './session/identity.ts';
export { isForeignOrigin } from './session/foreign-origin.ts';
export { readOpenSetupCode } from './setup/read-setup.ts';
export { ensureOwner } from './setup/ensure-owner.ts';
export { readAllowedTargets } from './allowed-target/read-allowed-targets.ts';
export { createTeam, listTeams } from './team/change-teams.ts';
export type { Team } from './team/store.ts';
export { addAwaitedMember } from './user/add-awaited-member.ts';
export { listMembers, ownerOf, readUser } from './user/read-users.ts';
export type { User } from './user/user.ts';
export { type Holidays, holidayAt, localDate, NO_HOLIDAYS } from './holiday/holidays.ts';
export { type HolidayBook, readHolidays } from './holiday/read-holidays.ts';
export {
  type BusinessHours,
  closuresBetween,
  isWithinBusinessHours,
  nextBusinessStart,
  type OpenHours,
} from './workspace/business-hours.ts';
export { createWorkspaceWithOwner, type NewWorkspace } from './workspace/create-workspace.ts';
export { listWorkspaceIds, readWorkspace } from './workspace/read-workspace.ts';
export type { Workspace } from './workspace/workspace.ts';
