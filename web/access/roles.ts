import type { AccessRole } from '#kernel/actor.ts';

/** What each access role may do, in words, where it is chosen. */
export const accessRoles: readonly { value: AccessRole; name: string; detail: string }[] = [
  { value: 'member', name: 'Member', detail: 'Responds to incidents, changes monitors, publishes updates' },
  { value: 'admin', name: 'Admin', detail: 'Also manages people and their API keys, mail and policies' },
  { value: 'viewer', name: 'Viewer', detail: 'Sees everything and may declare an incident' },
  { value: 'owner', name: 'Owner', detail: 'Also allows private networks and makes other owners' },
];

export function roleName(role: AccessRole): string {
  return accessRoles.find(({ value }) => value === role)?.name ?? role;
}
