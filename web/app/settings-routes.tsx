import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { shell } from './shell-route.tsx';

/* Every screen of the settings. To add one: a route here and into the list at the end, and a line in `settings-places.ts`. */

const layout = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-layout.tsx'), 'SettingsLayout'),
});
const settingsStart = createRoute({
  getParentRoute: () => layout,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/you', replace: true });
  },
});
const profile = createRoute({
  getParentRoute: () => layout,
  path: '/you',
  component: lazyRouteComponent(() => import('../access/profile-screen.tsx'), 'ProfileScreen'),
});
const reach = createRoute({
  getParentRoute: () => layout,
  path: '/reach',
  component: lazyRouteComponent(() => import('../delivery/reach-screen.tsx'), 'ReachScreen'),
});
const ownApiKeys = createRoute({
  getParentRoute: () => layout,
  path: '/your-api-keys',
  component: lazyRouteComponent(() => import('../access/api-keys-screen.tsx'), 'OwnApiKeysScreen'),
});
const workspace = createRoute({
  getParentRoute: () => layout,
  path: '/workspace',
  component: lazyRouteComponent(() => import('../access/workspace-screen.tsx'), 'WorkspaceScreen'),
});
const holidays = createRoute({
  getParentRoute: () => layout,
  path: '/holidays',
  component: lazyRouteComponent(() => import('../access/holidays-screen.tsx'), 'HolidaysScreen'),
});
const people = createRoute({
  getParentRoute: () => layout,
  path: '/people',
  component: lazyRouteComponent(() => import('../access/people-screen.tsx'), 'PeopleScreen'),
});
const mail = createRoute({
  getParentRoute: () => layout,
  path: '/mail',
  component: lazyRouteComponent(() => import('../delivery/mail-screen.tsx'), 'MailScreen'),
});
const chat = createRoute({
  getParentRoute: () => layout,
  path: '/chat',
  component: lazyRouteComponent(() => import('../delivery/chat-screen.tsx'), 'ChatScreen'),
});
const phone = createRoute({
  getParentRoute: () => layout,
  path: '/phone',
  component: lazyRouteComponent(() => import('../delivery/phone-screen.tsx'), 'PhoneScreen'),
});
const noticeChannels = createRoute({
  getParentRoute: () => layout,
  path: '/channels',
  component: lazyRouteComponent(() => import('../respond/notice-channels-screen.tsx'), 'NoticeChannelsScreen'),
});
const outbox = createRoute({
  getParentRoute: () => layout,
  path: '/outbox',
  component: lazyRouteComponent(() => import('../delivery/outbox-screen.tsx'), 'OutboxScreen'),
});
const alertSources = createRoute({
  getParentRoute: () => layout,
  path: '/alert-sources',
  component: lazyRouteComponent(() => import('../detect/alert-sources-screen.tsx'), 'AlertSourcesScreen'),
});
const alertSource = createRoute({
  getParentRoute: () => layout,
  path: '/alert-sources/$sourceId',
  component: lazyRouteComponent(() => import('../detect/alert-source-screen.tsx'), 'AlertSourceScreen'),
});
const alertMapping = createRoute({
  getParentRoute: () => layout,
  path: '/alert-sources/$sourceId/mapping',
  component: lazyRouteComponent(() => import('../detect/mapping-screen.tsx'), 'MappingScreen'),
});
const mailRule = createRoute({
  getParentRoute: () => layout,
  path: '/alert-sources/$sourceId/mail',
  component: lazyRouteComponent(() => import('../detect/mail-rule-screen.tsx'), 'MailRuleScreen'),
});
const alertHandling = createRoute({
  getParentRoute: () => layout,
  path: '/alert-handling',
  component: lazyRouteComponent(() => import('../detect/alert-settings-screen.tsx'), 'AlertSettingsScreen'),
});
const ticketRule = createRoute({
  getParentRoute: () => layout,
  path: '/alert-sources/$sourceId/tickets',
  component: lazyRouteComponent(() => import('../detect/ticket-rule-screen.tsx'), 'TicketRuleScreen'),
});
const alertRoutes = createRoute({
  getParentRoute: () => layout,
  path: '/routes',
  component: lazyRouteComponent(() => import('../detect/routes-screen.tsx'), 'RoutesScreen'),
});
const mutes = createRoute({
  getParentRoute: () => layout,
  path: '/mutes',
  component: lazyRouteComponent(() => import('../detect/mutes-screen.tsx'), 'MutesScreen'),
});
const importing = createRoute({
  getParentRoute: () => layout,
  path: '/import',
  component: lazyRouteComponent(() => import('../respond/import-screen.tsx'), 'ImportScreen'),
});
const importPlan = createRoute({
  getParentRoute: () => layout,
  path: '/import/$importId',
  component: lazyRouteComponent(() => import('../respond/import-plan-screen.tsx'), 'ImportPlanScreen'),
});
const configuration = createRoute({
  getParentRoute: () => layout,
  path: '/configuration',
  component: lazyRouteComponent(() => import('../monitor/config-screen.tsx'), 'ConfigScreen'),
});
const services = createRoute({
  getParentRoute: () => layout,
  path: '/services',
  validateSearch: ({ view }: Record<string, unknown>): { view?: 'map' } => (view === 'map' ? { view } : {}),
  component: lazyRouteComponent(() => import('../monitor/services-screen.tsx'), 'ServicesScreen'),
});
const maintenance = createRoute({
  getParentRoute: () => layout,
  path: '/maintenance',
  component: lazyRouteComponent(() => import('../monitor/maintenance-screen.tsx'), 'MaintenanceScreen'),
});
const locations = createRoute({
  getParentRoute: () => layout,
  path: '/locations',
  component: lazyRouteComponent(() => import('../monitor/locations-screen.tsx'), 'LocationsScreen'),
});
const networks = createRoute({
  getParentRoute: () => layout,
  path: '/networks',
  component: lazyRouteComponent(() => import('../access/networks-screen.tsx'), 'NetworksScreen'),
});
const apiKeys = createRoute({
  getParentRoute: () => layout,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../access/api-keys-screen.tsx'), 'ApiKeysScreen'),
});
const auditLog = createRoute({
  getParentRoute: () => layout,
  path: '/audit-log',
  component: lazyRouteComponent(() => import('../access/audit-log-screen.tsx'), 'AuditLogScreen'),
});

export const settings = layout.addChildren([
  settingsStart,
  profile,
  reach,
  ownApiKeys,
  workspace,
  holidays,
  people,
  mail,
  chat,
  phone,
  noticeChannels,
  outbox,
  alertSources,
  alertSource,
  alertMapping,
  mailRule,
  alertHandling,
  ticketRule,
  alertRoutes,
  mutes,
  importing,
  importPlan,
  configuration,
  services,
  maintenance,
  locations,
  networks,
  apiKeys,
  auditLog,
]);
