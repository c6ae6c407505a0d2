import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { readSetup } from '#access/contract';
import { ApiProblem } from '#client';
import { api } from '../data/api.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionRead } from '../data/session.ts';
import { isDate } from '../respond/calendar/span.ts';
import { isLoadPeriod, type LoadPeriod } from '../respond/load-period.ts';
import { FaultScreen, NotFoundScreen } from './fault-screen.tsx';
import { Shell } from './shell.tsx';
import { Toasts } from './toasts.tsx';

/*
 * Every screen of the dashboard, each loaded when it is first opened. To add one: write it in the folder of its stage,
 * add a route here and into the tree below, and a line in `places.tsx` when it belongs into the sidebar.
 */

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
});

/** Screens for somebody who is signed in; everybody else is sent to the first visit or the sign-in, and back afterwards. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  // Outside of the frame, so it brings its own landmark.
  errorComponent: (fault) => (
    <main>
      <FaultScreen {...fault} />
    </main>
  ),
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionRead);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      const setup = await api.call(readSetup, {});
      if (setup.open) throw redirect({ to: '/setup' });
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
});

const now = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../now/now-screen.tsx'), 'NowScreen'),
});

/** Any other address, for somebody who is signed in. */
const nothing = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundScreen });

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../access/setup-screen.tsx'), 'SetupScreen'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search['next'] === 'string' && /^\/(?!\/)/.test(search['next']) ? { next: search['next'] } : {},
  component: lazyRouteComponent(() => import('../access/sign-in-screen.tsx'), 'SignInScreen'),
});

const inviteRoute = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('../access/invite-screen.tsx'), 'InviteScreen'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../access/forgot-password-screen.tsx'), 'ForgotPasswordScreen'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password/$token',
  component: lazyRouteComponent(() => import('../access/reset-password-screen.tsx'), 'ResetPasswordScreen'),
});

const monitors = createRoute({
  getParentRoute: () => shell,
  path: '/monitors',
  component: lazyRouteComponent(() => import('../monitor/monitor-list-screen.tsx'), 'MonitorListScreen'),
});
const monitor = createRoute({
  getParentRoute: () => shell,
  path: '/monitors/$monitorId',
  component: lazyRouteComponent(() => import('../monitor/monitor-screen.tsx'), 'MonitorScreen'),
});
const editMonitor = createRoute({
  getParentRoute: () => shell,
  path: '/monitors/$monitorId/edit',
  component: lazyRouteComponent(() => import('../monitor/edit-monitor-screen.tsx'), 'EditMonitorScreen'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  component: lazyRouteComponent(() => import('../detect/alert-list-screen.tsx'), 'AlertListScreen'),
});
const alert = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/$alertId',
  component: lazyRouteComponent(() => import('../detect/alert-screen.tsx'), 'AlertScreen'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-layout.tsx'), 'SettingsLayout'),
});
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/you', replace: true });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: '/you',
  component: lazyRouteComponent(() => import('../access/profile-screen.tsx'), 'ProfileScreen'),
});
const reach = createRoute({
  getParentRoute: () => settings,
  path: '/reach',
  component: lazyRouteComponent(() => import('../delivery/reach-screen.tsx'), 'ReachScreen'),
});
const workspace = createRoute({
  getParentRoute: () => settings,
  path: '/workspace',
  component: lazyRouteComponent(() => import('../access/workspace-screen.tsx'), 'WorkspaceScreen'),
});
const people = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('../access/people-screen.tsx'), 'PeopleScreen'),
});
const mail = createRoute({
  getParentRoute: () => settings,
  path: '/mail',
  component: lazyRouteComponent(() => import('../delivery/mail-screen.tsx'), 'MailScreen'),
});
const chat = createRoute({
  getParentRoute: () => settings,
  path: '/chat',
  component: lazyRouteComponent(() => import('../delivery/chat-screen.tsx'), 'ChatScreen'),
});
const phone = createRoute({
  getParentRoute: () => settings,
  path: '/phone',
  component: lazyRouteComponent(() => import('../delivery/phone-screen.tsx'), 'PhoneScreen'),
});
const noticeChannels = createRoute({
  getParentRoute: () => settings,
  path: '/channels',
  component: lazyRouteComponent(() => import('../respond/notice-channels-screen.tsx'), 'NoticeChannelsScreen'),
});
const outbox = createRoute({
  getParentRoute: () => settings,
  path: '/outbox',
  component: lazyRouteComponent(() => import('../delivery/outbox-screen.tsx'), 'OutboxScreen'),
});
const alertSources = createRoute({
  getParentRoute: () => settings,
  path: '/alert-sources',
  component: lazyRouteComponent(() => import('../detect/alert-sources-screen.tsx'), 'AlertSourcesScreen'),
});
const alertSource = createRoute({
  getParentRoute: () => settings,
  path: '/alert-sources/$sourceId',
  component: lazyRouteComponent(() => import('../detect/alert-source-screen.tsx'), 'AlertSourceScreen'),
});
const alertMapping = createRoute({
  getParentRoute: () => settings,
  path: '/alert-sources/$sourceId/mapping',
  component: lazyRouteComponent(() => import('../detect/mapping-screen.tsx'), 'MappingScreen'),
});
const mailRule = createRoute({
  getParentRoute: () => settings,
  path: '/alert-sources/$sourceId/mail',
  component: lazyRouteComponent(() => import('../detect/mail-rule-screen.tsx'), 'MailRuleScreen'),
});
const alertHandling = createRoute({
  getParentRoute: () => settings,
  path: '/alert-handling',
  component: lazyRouteComponent(() => import('../detect/alert-settings-screen.tsx'), 'AlertSettingsScreen'),
});
const ticketRule = createRoute({
  getParentRoute: () => settings,
  path: '/alert-sources/$sourceId/tickets',
  component: lazyRouteComponent(() => import('../detect/ticket-rule-screen.tsx'), 'TicketRuleScreen'),
});
const alertRoutes = createRoute({
  getParentRoute: () => settings,
  path: '/routes',
  component: lazyRouteComponent(() => import('../detect/routes-screen.tsx'), 'RoutesScreen'),
});
const mutes = createRoute({
  getParentRoute: () => settings,
  path: '/mutes',
  component: lazyRouteComponent(() => import('../detect/mutes-screen.tsx'), 'MutesScreen'),
});
const importing = createRoute({
  getParentRoute: () => settings,
  path: '/import',
  component: lazyRouteComponent(() => import('../respond/import-screen.tsx'), 'ImportScreen'),
});
const importPlan = createRoute({
  getParentRoute: () => settings,
  path: '/import/$importId',
  component: lazyRouteComponent(() => import('../respond/import-plan-screen.tsx'), 'ImportPlanScreen'),
});
const services = createRoute({
  getParentRoute: () => settings,
  path: '/services',
  component: lazyRouteComponent(() => import('../monitor/services-screen.tsx'), 'ServicesScreen'),
});
const maintenance = createRoute({
  getParentRoute: () => settings,
  path: '/maintenance',
  component: lazyRouteComponent(() => import('../monitor/maintenance-screen.tsx'), 'MaintenanceScreen'),
});
const networks = createRoute({
  getParentRoute: () => settings,
  path: '/networks',
  component: lazyRouteComponent(() => import('../access/networks-screen.tsx'), 'NetworksScreen'),
});
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../access/api-keys-screen.tsx'), 'ApiKeysScreen'),
});
const auditLog = createRoute({
  getParentRoute: () => settings,
  path: '/audit-log',
  component: lazyRouteComponent(() => import('../access/audit-log-screen.tsx'), 'AuditLogScreen'),
});

const incidents = createRoute({
  getParentRoute: () => shell,
  path: '/incidents',
  component: lazyRouteComponent(() => import('../declare/incident-list-screen.tsx'), 'IncidentListScreen'),
});
const incident = createRoute({
  getParentRoute: () => shell,
  path: '/incidents/$incidentId',
  validateSearch: (search: Record<string, unknown>): { show?: string } =>
    typeof search['show'] === 'string' ? { show: search['show'] } : {},
  component: lazyRouteComponent(() => import('../declare/incident-screen.tsx'), 'IncidentScreen'),
});

const onCall = createRoute({
  getParentRoute: () => shell,
  path: '/on-call',
  validateSearch: ({ at }: Record<string, unknown>): { at?: string } =>
    typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? { at } : {},
  component: lazyRouteComponent(() => import('../respond/on-call-screen.tsx'), 'OnCallScreen'),
});
const schedules = createRoute({
  getParentRoute: () => shell,
  path: '/schedules',
  component: lazyRouteComponent(() => import('../respond/schedule-list-screen.tsx'), 'ScheduleListScreen'),
});
const newSchedule = createRoute({
  getParentRoute: () => shell,
  path: '/schedules/new',
  component: lazyRouteComponent(() => import('../respond/schedule-edit-screen.tsx'), 'NewScheduleScreen'),
});
const schedule = createRoute({
  getParentRoute: () => shell,
  path: '/schedules/$scheduleId',
  validateSearch: ({ view, date }: Record<string, unknown>): { view?: 'day' | 'month'; date?: string } => ({
    ...(view === 'day' || view === 'month' ? { view } : {}),
    ...(isDate(date) ? { date } : {}),
  }),
  component: lazyRouteComponent(() => import('../respond/schedule-screen.tsx'), 'ScheduleScreen'),
});
const editSchedule = createRoute({
  getParentRoute: () => shell,
  path: '/schedules/$scheduleId/edit',
  component: lazyRouteComponent(() => import('../respond/schedule-edit-screen.tsx'), 'EditScheduleScreen'),
});
const drills = createRoute({
  getParentRoute: () => shell,
  path: '/drills',
  component: lazyRouteComponent(() => import('../respond/drills-screen.tsx'), 'DrillsScreen'),
});
const load = createRoute({
  getParentRoute: () => shell,
  path: '/load',
  validateSearch: ({
    period,
    schedule,
    team,
  }: Record<string, unknown>): { period?: LoadPeriod; schedule?: string; team?: string } => ({
    ...(isLoadPeriod(period) ? { period } : {}),
    ...(typeof schedule === 'string' ? { schedule } : {}),
    ...(typeof team === 'string' ? { team } : {}),
  }),
  component: lazyRouteComponent(() => import('../respond/load-screen.tsx'), 'LoadScreen'),
});
const pageJournal = createRoute({
  getParentRoute: () => shell,
  path: '/pages',
  validateSearch: ({ person, incident }: Record<string, unknown>): { person?: string; incident?: string } => ({
    ...(typeof person === 'string' ? { person } : {}),
    ...(typeof incident === 'string' ? { incident } : {}),
  }),
  component: lazyRouteComponent(() => import('../respond/page-journal-screen.tsx'), 'PageJournalScreen'),
});
const page = createRoute({
  getParentRoute: () => shell,
  path: '/pages/$pageId',
  component: lazyRouteComponent(() => import('../respond/page-screen.tsx'), 'PageScreen'),
});
const statusPages = createRoute({
  getParentRoute: () => shell,
  path: '/status-pages',
  component: lazyRouteComponent(() => import('../communicate/status-page-list-screen.tsx'), 'StatusPageListScreen'),
});
const wording = createRoute({
  getParentRoute: () => shell,
  path: '/status-pages/wording',
  component: lazyRouteComponent(() => import('../communicate/wording-screen.tsx'), 'WordingScreen'),
});
const statusPage = createRoute({
  getParentRoute: () => shell,
  path: '/status-pages/$statusPageId',
  component: lazyRouteComponent(() => import('../communicate/status-page-screen.tsx'), 'StatusPageScreen'),
});

const postmortems = createRoute({
  getParentRoute: () => shell,
  path: '/postmortems',
  component: lazyRouteComponent(() => import('../learn/postmortem-list-screen.tsx'), 'PostmortemListScreen'),
});
const postmortem = createRoute({
  getParentRoute: () => shell,
  path: '/postmortems/$postmortemId',
  component: lazyRouteComponent(() => import('../learn/postmortem-screen.tsx'), 'PostmortemScreen'),
});
const actionItems = createRoute({
  getParentRoute: () => shell,
  path: '/action-items',
  component: lazyRouteComponent(() => import('../learn/action-item-list-screen.tsx'), 'ActionItemListScreen'),
});
const insights = createRoute({
  getParentRoute: () => shell,
  path: '/insights',
  component: lazyRouteComponent(() => import('../learn/insights-screen.tsx'), 'InsightsScreen'),
});

export const routeTree = root.addChildren([
  shell.addChildren([
    nothing,
    now,
    monitors,
    monitor,
    editMonitor,
    incidents,
    incident,
    alerts,
    alert,
    onCall,
    schedules,
    newSchedule,
    schedule,
    editSchedule,
    drills,
    load,
    pageJournal,
    page,
    statusPages,
    wording,
    statusPage,
    postmortems,
    postmortem,
    actionItems,
    insights,
    settings.addChildren([
      settingsStart,
      profile,
      reach,
      workspace,
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
      services,
      maintenance,
      networks,
      apiKeys,
      auditLog,
    ]),
  ]),
  setup,
  signIn,
  inviteRoute,
  forgotPassword,
  resetPassword,
]);

export const routeDefaults = { defaultErrorComponent: FaultScreen, defaultNotFoundComponent: NotFoundScreen };
