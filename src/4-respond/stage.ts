import { respondMetrics } from './metrics.ts';
import type { Stage } from '#platform/stage.ts';
import { mountCalendars } from './calendar/mount-calendars.ts';
import { chatGroupRule, followSchedule, hearChatConnected } from './chat-group/follow-schedules.ts';
import { coverageRule } from './coverage/coverage-rule.ts';
import { hearChannelSettings } from './hear-channel-settings.ts';
import { hearClaimedAddresses } from './hear-claimed-address.ts';
import { drillRule } from './drill/drill-rule.ts';
import { hearDrills } from './drill/hear-drill.ts';
import { hearLostAddresses } from './hear-lost-address.ts';
import { hearPeople } from './hear-people.ts';
import { mountFolds } from './link/mount-folds.ts';
import { mountLinks } from './link/mount-links.ts';
import { mountPrompts } from './link/mount-prompts.ts';
import { hearStoppedAddresses } from './hear-stopped-address.ts';
import { hearPressers } from './hear-presser.ts';
import { hearPromises } from './notice/hear-promise.ts';
import { advancePages } from './page/advance-pages.ts';
import { hearAlerts } from './page/hear-alert.ts';
import { hearAnswers } from './page/hear-answer.ts';
import { hearDeliveries } from './page/hear-delivery.ts';
import { hearFolds } from './fold/hear-fold.ts';
import { sendFolds } from './fold/send-folds.ts';
import { hearFoldedPages, tellFolds } from './fold/tell-folds.ts';
import { hearPosts } from './page/hear-post.ts';
import { hearIncidents } from './page/hear-incident.ts';
import { hearOutcomes } from './notice-channel/hear-outcome.ts';
import { hearForChannels, remindChannels } from './notice-channel/tell-channels.ts';
import { tellHandOffs } from './schedule/tell-hand-offs.ts';
import { hearShadow } from './shadow/hear-shadow.ts';
import { routes } from './routes.ts';
import { readVitals } from './page/vitals.ts';

/** Respond: who is asked, how they are reached, what they do about it. */
export const stage: Stage = {
  name: 'respond',
  metrics: respondMetrics,
  vitals: readVitals,
  routes,
  jobs: [followSchedule],
  rules: [advancePages, sendFolds, tellFolds, remindChannels, coverageRule, drillRule, tellHandOffs, chatGroupRule],
  on: [
    ...hearPeople,
    ...hearAlerts,
    ...hearIncidents,
    ...hearForChannels,
    ...hearOutcomes,
    ...hearDeliveries,
    ...hearPosts,
    ...hearFolds,
    ...hearFoldedPages,
    hearPressers,
    ...hearDrills,
    hearLostAddresses,
    hearClaimedAddresses,
    ...hearStoppedAddresses,
    hearChannelSettings,
    hearAnswers,
    hearPromises,
    hearShadow,
    hearChatConnected,
  ],
  mount: (app, system) => {
    mountLinks(app, system);
    mountFolds(app, system);
    mountPrompts(app, system);
    mountCalendars(app, system);
  },
};
