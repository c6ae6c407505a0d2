import type { LinkProps } from '@tanstack/react-router';
import type { Permission } from '#access/contract';

export interface SettingsPlace {
  to: NonNullable<LinkProps['to']>;
  label: string;
  needs?: Permission;
}

/** The parts of the settings, by whom they concern. */
export const settingsGroups: readonly { title: string; places: readonly SettingsPlace[] }[] = [
  {
    title: 'You',
    places: [
      { to: '/settings/you', label: 'Profile and password' },
      { to: '/settings/reach', label: 'How you are paged' },
      { to: '/settings/your-api-keys', label: 'Your API keys' },
    ],
  },
  {
    title: 'Workspace',
    places: [
      { to: '/settings/workspace', label: 'Name and hours', needs: 'workspace.manage' },
      { to: '/settings/holidays', label: 'Public holidays', needs: 'workspace.read' },
      { to: '/settings/people', label: 'People', needs: 'members.read' },
    ],
  },
  {
    title: 'Ways to reach people',
    places: [
      { to: '/settings/mail', label: 'Mail', needs: 'workspace.manage' },
      { to: '/settings/chat', label: 'Chat and apps', needs: 'workspace.manage' },
      { to: '/settings/phone', label: 'SMS and calls', needs: 'workspace.manage' },
      { to: '/settings/channels', label: 'Team channels', needs: 'workspace.manage' },
      { to: '/settings/outbox', label: 'Outbox', needs: 'deliveries.read' },
    ],
  },
  {
    title: 'Alerts',
    places: [
      { to: '/settings/alert-sources', label: 'Alert sources', needs: 'alert-sources.read' },
      { to: '/settings/routes', label: 'Routes', needs: 'routes.read' },
      { to: '/settings/mutes', label: 'Mutes', needs: 'routes.read' },
      { to: '/settings/services', label: 'Services', needs: 'services.read' },
      { to: '/settings/maintenance', label: 'Maintenance', needs: 'services.read' },
      { to: '/settings/alert-handling', label: 'Alert handling', needs: 'routes.read' },
    ],
  },
  {
    title: 'Installation',
    places: [
      { to: '/settings/import', label: 'Import', needs: 'imports.read' },
      { to: '/settings/configuration', label: 'Configuration files', needs: 'monitors.read' },
      { to: '/settings/locations', label: 'Locations and probes', needs: 'monitors.read' },
      { to: '/settings/networks', label: 'Private networks', needs: 'monitors.read' },
      { to: '/settings/api-keys', label: 'Everybody’s API keys', needs: 'api-keys.manage' },
      { to: '/settings/audit-log', label: 'Audit log', needs: 'audit.read' },
    ],
  },
];
