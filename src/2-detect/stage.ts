import { detectMetrics } from './metrics.ts';
import type { Stage } from '#platform/stage.ts';
import { announceRule } from './alert/announce-alerts.ts';
import { hearMonitor } from './alert/hear-monitor.ts';
import { hearEngine } from './alert/hear-engine.ts';
import { hearVital } from './alert/hear-vital.ts';
import { hearProbe } from './alert/hear-probe.ts';
import { hearSlo } from './alert/hear-slo.ts';
import { alertRoutes } from './alert/routes.ts';
import { undeclaredRule } from './alert/undeclared.ts';
import { alertClockRule } from './alert/wake-alerts.ts';
import { alertSettingRoutes } from './alert-setting/routes.ts';
import { alertSourceRoutes } from './alert-source/routes.ts';
import { foldRoutes } from './fold/routes.ts';
import { groupRoutes } from './group/routes.ts';
import { journalRoutes } from './journal/routes.ts';
import { forgetTurnedAwayRule } from './limit/forget-turned-away.ts';
import { limitRoutes } from './limit/routes.ts';
import { forgetChangesRule } from './change-event/forget-changes.ts';
import { changeEventRoutes } from './change-event/routes.ts';
import { forgetMailsRule } from './mail-in/forget-mails.ts';
import { startMailIn } from './mail-in/listener.ts';
import { mailInRoutes } from './mail-in/routes.ts';
import { mappingRoutes } from './mapping/routes.ts';
import { muteRoutes } from './mute/routes.ts';
import { forgetRequestsRule } from './opsgenie/forget-requests.ts';
import { mountOpsgenie } from './opsgenie/mount-alerts.ts';
import { mountPagerDuty } from './pagerduty/mount.ts';
import { forgetReceivedRule } from './received/forget-received.ts';
import { receivedRoutes } from './received/routes.ts';
import { reportRoutes } from './report/routes.ts';
import { routingRoutes } from './route/routes.ts';
import { frontIntake, mountGroups, mountIntake } from './signal/mount-intake.ts';
import { signalRoutes } from './signal/routes.ts';
import { mountTickets } from './ticket/mount-tickets.ts';
import { ticketRoutes } from './ticket/routes.ts';
import { hearServices } from './upstream/hear-services.ts';

export const stage: Stage = {
  name: 'detect',
  metrics: detectMetrics,
  routes: [
    ...reportRoutes,
    ...alertRoutes,
    ...journalRoutes,
    ...alertSettingRoutes,
    ...routingRoutes,
    ...muteRoutes,
    ...groupRoutes,
    ...foldRoutes,
    ...signalRoutes,
    ...alertSourceRoutes,
    ...mappingRoutes,
    ...mailInRoutes,
    ...ticketRoutes,
    ...receivedRoutes,
    ...limitRoutes,
    ...changeEventRoutes,
  ],
  jobs: [],
  rules: [
    announceRule,
    undeclaredRule,
    alertClockRule,
    forgetMailsRule,
    forgetRequestsRule,
    forgetReceivedRule,
    forgetTurnedAwayRule,
    forgetChangesRule,
  ],
  on: [hearMonitor, hearProbe, hearEngine, hearVital, hearSlo, ...hearServices],
  mount(app, system) {
    mountPagerDuty(app, system);
    mountOpsgenie(app, system);
    mountGroups(app, system);
    mountTickets(app, system);
    mountIntake(app, system);
  },
  front: frontIntake,
  services: [
    {
      name: 'mail-in',
      role: 'web',
      start: async (system) =>
        system.config.mailIn === undefined ? async () => undefined : await startMailIn(system, system.config.mailIn),
    },
  ],
};
