import type { AccessRole } from '#kernel/actor.ts';

/**
 * The one permission table: which access role may do what. A route names one of these, the server checks it before the
 * verb runs, and the dashboard hides what a person may not do.
 */
export const PERMISSIONS = {
  'workspace.read': ['owner', 'admin', 'member', 'viewer'],
  'workspace.manage': ['owner', 'admin'],
  'members.read': ['owner', 'admin', 'member', 'viewer'],
  'members.manage': ['owner', 'admin'],
  'api-keys.manage': ['owner', 'admin'],
  'audit.read': ['owner', 'admin'],
  'self.manage': ['owner', 'admin', 'member', 'viewer'],
  'deliveries.read': ['owner', 'admin', 'member'],
  'services.read': ['owner', 'admin', 'member', 'viewer'],
  'services.manage': ['owner', 'admin', 'member'],
  'monitors.read': ['owner', 'admin', 'member', 'viewer'],
  'monitors.manage': ['owner', 'admin', 'member'],
  'targets.allow': ['owner'],
  'locations.manage': ['owner', 'admin'],
  'alert-sources.read': ['owner', 'admin'],
  'alert-sources.manage': ['owner', 'admin'],
  'alerts.read': ['owner', 'admin', 'member', 'viewer'],
  'alerts.report': ['owner', 'admin', 'member', 'viewer'],
  'alerts.act': ['owner', 'admin', 'member'],
  'routes.read': ['owner', 'admin', 'member', 'viewer'],
  'routes.manage': ['owner', 'admin'],
  'incidents.read': ['owner', 'admin', 'member', 'viewer'],
  'incidents.declare': ['owner', 'admin', 'member', 'viewer'],
  'incidents.respond': ['owner', 'admin', 'member'],
  'policies.read': ['owner', 'admin', 'member', 'viewer'],
  'policies.manage': ['owner', 'admin'],
  'schedules.read': ['owner', 'admin', 'member', 'viewer'],
  'schedules.manage': ['owner', 'admin'],
  'schedules.cover': ['owner', 'admin', 'member'],
  'imports.read': ['owner', 'admin'],
  'imports.manage': ['owner', 'admin'],
  'pages.read': ['owner', 'admin', 'member', 'viewer'],
  'pages.act': ['owner', 'admin', 'member'],
  'drills.run': ['owner', 'admin'],
  'status-pages.read': ['owner', 'admin', 'member', 'viewer'],
  'status-pages.manage': ['owner', 'admin', 'member'],
  'updates.publish': ['owner', 'admin', 'member'],
  'subscribers.read': ['owner', 'admin', 'member'],
  'subscribers.manage': ['owner', 'admin'],
  'postmortems.read': ['owner', 'admin', 'member', 'viewer'],
  'postmortems.write': ['owner', 'admin', 'member'],
  'action-items.read': ['owner', 'admin', 'member', 'viewer'],
  'action-items.write': ['owner', 'admin', 'member'],
  'metrics.read': ['owner', 'admin', 'member', 'viewer'],
  'insights.read': ['owner', 'admin', 'member', 'viewer'],
} as const satisfies Record<string, readonly AccessRole[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Who may call a route: somebody with a permission, anybody signed in, or everybody. */
export type RoutePermission = Permission | 'signed-in' | 'public';

/** Whether an access role has a permission. */
export function allows(role: AccessRole, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly AccessRole[]).includes(role);
}
