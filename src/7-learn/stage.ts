import { incidentStateChanged, levelOf } from '#declare';
import { on } from '#platform/events.ts';
import type { Stage } from '#platform/stage.ts';
import { stoodDown } from '#resolve';
import { routes as actionItemRoutes } from './action-item/routes.ts';
import { routes as insightRoutes } from './insight/routes.ts';
import { routes as postmortemRoutes } from './postmortem/routes.ts';
import { takeOverPostmortem } from './postmortem/edit-postmortem.ts';
import { draftPostmortem } from './postmortem/start-postmortem.ts';

/** Learn: the postmortem opens with the resolution where the policy asks for one; action items and insights. */
export const stage: Stage = {
  name: 'learn',
  routes: [...postmortemRoutes, ...actionItemRoutes, ...insightRoutes],
  jobs: [],
  rules: [],
  on: [
    on(incidentStateChanged, async (ctx, { incident, to }) => {
      if (to === 'resolved' && (await levelOf(ctx, incident)).postmortemRequired) await draftPostmortem(ctx, incident);
    }),
    on(stoodDown, async (ctx, { incident, postmortemOwnerId }) => {
      if (postmortemOwnerId) await takeOverPostmortem(ctx, incident.id, postmortemOwnerId);
    }),
  ],
};
