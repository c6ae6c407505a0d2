import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { listMonitors } from '#monitor/contract';
import { pagesOf } from '../data/query.ts';
import { queryClient } from '../data/query-client.ts';
import { listQuery, listSearch } from '../monitor/list-search.ts';
import { spanSearch } from '../monitor/span.ts';
import { isDate } from '../respond/calendar/span.ts';
import { isLoadPeriod, type LoadPeriod } from '../respond/load-period.ts';
import { FaultScreen, NotFoundScreen } from './fault-screen.tsx';
import { ownPlace } from './own-place.ts';
import { settings } from './settings-routes.tsx';
import { root, shell } from './shell-route.tsx';

/*
 * Every screen of the dashboard, each loaded when it is first opened. To add one: write it in the folder of its stage,
 * add a route here and into the tree below, and a line in `places.tsx` when it belongs into the sidebar.
 */

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
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = ownPlace(search['next']);
    return next === null ? {} : { next };
  },
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
  validateSearch: listSearch,
  loaderDeps: ({ search }) => ({ query: listQuery(search) }),
  // On its way while the code of the screen is, and already while the hand is on the link.
  loader: ({ deps }) => void queryClient.prefetchInfiniteQuery(pagesOf(listMonitors, deps, ['monitors'])),
  component: lazyRouteComponent(() => import('../monitor/monitor-list-screen.tsx'), 'MonitorListScreen'),
});
const monitor = createRoute({
  getParentRoute: () => shell,
  path: '/monitors/$monitorId',
  validateSearch: spanSearch,
  component: lazyRouteComponent(() => import('../monitor/monitor-screen.tsx'), 'MonitorScreen'),
});
const editMonitor = createRoute({
  getParentRoute: () => shell,
  path: '/monitors/$monitorId/edit',
  component: lazyRouteComponent(() => import('../monitor/edit-monitor-screen.tsx'), 'EditMonitorScreen'),
});

const slos = createRoute({
  getParentRoute: () => shell,
  path: '/slos',
  component: lazyRouteComponent(() => import('../monitor/slo-list-screen.tsx'), 'SloListScreen'),
});
const slo = createRoute({
  getParentRoute: () => shell,
  path: '/slos/$sloId',
  component: lazyRouteComponent(() => import('../monitor/slo-screen.tsx'), 'SloScreen'),
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

const incidentAlerts = createRoute({
  getParentRoute: () => shell,
  path: '/incidents/$incidentId/alerts',
  component: lazyRouteComponent(() => import('../declare/incident-alerts.tsx'), 'IncidentAlertsScreen'),
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
    slos,
    slo,
    editMonitor,
    incidents,
    incident,
    incidentAlerts,
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
    settings,
  ]),
  setup,
  signIn,
  inviteRoute,
  forgotPassword,
  resetPassword,
]);

export const routeDefaults = { defaultErrorComponent: FaultScreen, defaultNotFoundComponent: NotFoundScreen };
